-- Asks Postern's gate about one request: passes it with identity headers, or answers the visitor.
-- Loaded by haproxy.cfg; the gate's address comes from its line "setenv POSTERN".
--
-- It speaks to the gate through core.tcp and not core.httpclient: until HAProxy 2.7 the latter
-- repeats a request that timed out three times, whatever timeout is asked for, so that a gate that
-- hangs would hold every visitor for eight seconds, and offers no setting against it.

local gate_host, gate_port = (os.getenv("POSTERN") or "127.0.0.1:8080"):match("^(.*):(%d+)$")
gate_host = gate_host:gsub("^%[(.*)%]$", "%1")

-- What is asked about who is signed in, from the line "setenv POSTERN_ASKS".
local asks = os.getenv("POSTERN_ASKS") or ""
local gate_path = "/gate/haproxy" .. (asks == "" and "" or "?" .. asks)

-- A gate that is down or hangs refuses within these; it never lets pass.
local connect_seconds = 1
local answer_seconds = 2
local body_bytes_max = 65536

-- All of them are set on every request that passes, from Postern alone.
local identity_headers = { "x-postern-user", "x-postern-email", "x-postern-account", "x-postern-role" }

-- What of the visitor's request the gate may see, besides what is set below from the request
-- itself. Nothing else goes there, so no header of theirs can be taken for one of ours.
local asked_headers = {
  "accept", "accept-language", "access-control-request-method", "authorization", "cookie",
  "origin", "range", "sec-fetch-mode", "user-agent",
}

-- What of a refusal the visitor sees.
local answer_headers = {
  "cache-control", "content-security-policy", "content-type", "location", "referrer-policy",
  "retry-after", "set-cookie", "vary", "www-authenticate", "x-content-type-options",
  "x-frame-options",
}

-- The path and query as they were sent, also where a client sent an absolute URL. "*" and the
-- like are handed on as they are, for the gate to refuse.
local function request_uri(txn)
  local url = txn.f:url() or ""
  if url:match("^%a[%w+.-]*://") then return txn.f:pathq() or "" end
  return url
end

local function values_of(headers, name)
  local values = {}
  local index = 0
  while headers[name] and headers[name][index] do
    values[#values + 1] = headers[name][index]
    index = index + 1
  end
  return values
end

-- HTTP/1.0, so that the answer is never chunked and ends with the connection.
local function gate_request(txn)
  local lines = {
    "GET " .. gate_path .. " HTTP/1.0",
    "Host: postern",
    "Connection: close",
    "X-Forwarded-Method: " .. (txn.f:method() or ""),
    "X-Forwarded-Proto: " .. (txn:get_var("txn.visitor_scheme") or ""),
    "X-Forwarded-Uri: " .. request_uri(txn),
    "X-Forwarded-For: " .. (txn.f:src() or ""),
  }
  local sent = txn.http:req_get_headers()
  -- Every Host line, so that the gate sees a second one and refuses it.
  for _, host in ipairs(values_of(sent, "host")) do
    lines[#lines + 1] = "X-Forwarded-Host: " .. host
  end
  for _, name in ipairs(asked_headers) do
    local values = values_of(sent, name)
    if #values > 0 then
      -- RFC 9110 section 5.3; cookies have a separator of their own (RFC 6265 section 5.4).
      lines[#lines + 1] = name .. ": " .. table.concat(values, name == "cookie" and "; " or ", ")
    end
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- Status, headers (lower-case name to list of values) and body; or nil where anything is amiss.
local function read_answer(socket)
  local status_line = socket:receive("*l")
  local status = tonumber((status_line or ""):match("^HTTP/1%.[01] (%d%d%d)"))
  if status == nil then return nil end
  local headers = {}
  while true do
    local line = socket:receive("*l")
    if line == nil then return nil end
    line = line:gsub("\r$", "")
    if line == "" then break end
    local name, value = line:match("^([^:%s]+):%s*(.-)%s*$")
    if name == nil then return nil end
    name = name:lower()
    headers[name] = headers[name] or {}
    table.insert(headers[name], value)
  end
  if status == 200 then return { status = status, headers = headers, body = "" } end
  local length = tonumber((headers["content-length"] or {})[1])
  local body
  if length == nil then body = socket:receive("*a") or ""
  elseif length == 0 then body = ""
  elseif length <= body_bytes_max then body = socket:receive(length) end
  if body == nil or (length and #body ~= length) then return nil end
  return { status = status, headers = headers, body = body }
end

local function ask_gate(request)
  local socket = core.tcp()
  socket:settimeout(connect_seconds)
  if not socket:connect(gate_host, tonumber(gate_port)) then
    socket:close()
    return nil
  end
  socket:settimeout(answer_seconds)
  local answer = socket:send(request) and read_answer(socket)
  socket:close()
  return answer
end

local function answer_visitor(txn, answer)
  local reply = txn:reply({ status = answer.status })
  for _, name in ipairs(answer_headers) do
    for _, value in ipairs(answer.headers[name] or {}) do reply:add_header(name, value) end
  end
  -- HAProxy leaves the body away after HEAD.
  reply:set_body(answer.body)
  txn:done(reply)
end

core.register_action("postern", { "http-req" }, function(txn)
  txn:set_var("txn.postern_passed", false)
  local answer = ask_gate(gate_request(txn))
  -- No answer, or another server's: the line after this action in haproxy.cfg answers 503.
  if not answer or answer.headers["x-postern-status"] == nil then return end
  if answer.status == 200 then
    for _, name in ipairs(identity_headers) do
      txn.http:req_set_header(name, (answer.headers[name] or { "" })[1])
    end
    txn:set_var("txn.postern_passed", true)
  elseif answer.status >= 300 then
    answer_visitor(txn, answer)
  end
end, 0)
