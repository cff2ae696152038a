-- wrk's part of the case page row "seldom read twice": each request asks for another page as another session. PAGES: a file with
-- "path<TAB>cookie" lines; each thread begins at a place of its own.
local lines, at = {}, 0

function setup(thread)
    started = (started or 0) + 1
    thread:set("first", started * 997)
end

function init()
    for line in io.lines(os.getenv("PAGES")) do
        local path, cookie = line:match("^(%S+)\t(.*)$")
        lines[#lines + 1] = wrk.format("GET", path, { ["Host"] = wrk.host, ["Cookie"] = cookie })
    end
    at = first
end

function request()
    at = at + 1
    return lines[at % #lines + 1]
end
