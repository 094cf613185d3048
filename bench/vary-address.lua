-- Lets wrk send each request for another visitor, out of 2^20, as sample-entries.ts names them; a
-- number after "--" on its command line takes fewer.
local head, count, visitors = "", 0, 1048576

function init(args)
  visitors = tonumber(args[1]) or visitors
  head = wrk.format("GET", wrk.path)
  head = head:sub(1, -3) .. "X-Forwarded-For: "
end

function request()
  count = (count + 1) % visitors
  local value = (count * 2654435761) % 536870912
  local last = value % 128
  local address = string.format(
    "%d.%d.%d.%d",
    32 + math.floor(value / 16777216),
    math.floor(value / 65536) % 256,
    math.floor(value / 256) % 256,
    last
  )
  return head .. address .. "\r\n\r\n"
end
