-- wrk's part of the row "submit": each request posts the next of the prepared bodies, one a line in the file BODIES; every one has
-- a form token of its own, so each is a case of its own. Ends when they run out. Prints "accepted N other N".
local bodies = {}
local at = 0
local thread_list = {}

function setup(thread)
    table.insert(thread_list, thread)
end

function init()
    accepted, other = 0, 0
    for line in io.lines(os.getenv("BODIES")) do bodies[#bodies + 1] = line end
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Cookie"] = os.getenv("COOKIE")
end

function request()
    at = at + 1
    if at > #bodies then
        wrk.thread:stop()
        at = #bodies
    end
    return wrk.format("POST", nil, nil, bodies[at])
end

function response(status)
    if status == 303 or status == 302 then accepted = accepted + 1 else other = other + 1 end
end

function done(summary)
    local a, o = 0, 0
    for _, thread in ipairs(thread_list) do
        a = a + thread:get("accepted")
        o = o + thread:get("other")
    end
    print(string.format("accepted %d other %d seconds %.3f", a, o, summary.duration / 1e6))
end
