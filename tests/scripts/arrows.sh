#!/bin/sh
# The rooms may know only the rooms below them (DESIGN, section 2), read from the includes:
# <paritet/ROOM.h> is a room's public header, "ROOM/file.h" a private one, for that room alone.
# And the library itself does not print, exit, touch the locale or keep mutable globals.
cd "$(dirname "$0")/../.." || exit 70

# shellcheck disable=SC2016 # awk's own dollars
find include/paritet src -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort | xargs awk '
    BEGIN {
        may["limits"]    = "limits"
        may["base"]      = "base limits"
        may["input"]     = "input base"
        may["barometer"] = "barometer input base"
        may["trend"]     = "trend base"
        may["scenario"]  = "scenario trend barometer input base"
        may["simulate"]  = "simulate scenario trend barometer input base"
        may["answer"]    = "answer simulate scenario trend barometer input base"
        may["output"]    = "output answer input base"
        may["cli"]       = "cli output answer simulate scenario trend barometer input base paritet"
        may["paritet"]   = may["cli"]
    }

    function wrong(why) { bad[room] = bad[room] "; " FILENAME ":" FNR " " why }

    FNR == 1 {
        # src/trend/families/linear.c and include/paritet/trend.h both belong to trend.
        split(FILENAME, part, "/")
        public = part[1] == "include"
        room = public ? part[3] : part[2]
        sub(/\..*/, "", room)
        if (!(room in may)) { wrong("belongs to no room") }
        seen[room] = 1
    }

    match($0, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]*[>"]/) {
        target = substr($0, RSTART, RLENGTH)
        quoted = target ~ /"$/
        sub(/.*include[ \t]*[<"]/, "", target)
        sub(/[>"]$/, "", target)
        split(target, step, "/")
        if (target ~ /^paritet\//) {
            to = step[2]
            sub(/\..*/, "", to)
            if (quoted) wrong("write <" target ">")
            if (!index(" " may[room] " ", " " to " ")) wrong("looks up to " target)
        } else if (quoted) {
            if (public) wrong("a public header includes the private " target)
            else if (step[1] != room) wrong("opens " target ", which is private to another room")
        }
    }

    END {
        for (room in seen)
            print bad[room] ? "FAIL arrows " room ": " substr(bad[room], 3) : "ok arrows " room
    }' | LC_ALL=C sort

library=build/${VARIANT:-release}/libparitet.a
if [ ! -e "$library" ]; then
    echo "FAIL arrows library: $library is not built"
    exit 1
fi

outside='printf|vprintf|puts|putchar|perror|stdout|stderr|exit|_exit|_Exit|quick_exit|abort|setlocale'
# A process of its own, in which a library of others may run out of memory, has to end by itself.
forked='apart\.o uses _exit'
calls=$(nm -A -u "$library" 2> /dev/null |
    grep -E " U (__)?($outside|printf_chk|vprintf_chk)(@.*)?\$" |
    sed 's/^[^:]*:\([^:]*\):.* U /\1 uses /' | sort -u | grep -vx "$forked" | paste -sd ';')
if [ -n "$calls" ]; then
    echo "FAIL library neither prints nor exits: $calls"
else
    echo "ok library neither prints nor exits"
fi

# Only plain builds: the sanitizers and gcov add data of their own. Constants that hold pointers
# lie in .data.rel.ro, which is read-only once the program runs.
case ${VARIANT:-release} in
release | debug)
    globals=$(objdump -t "$library" 2> /dev/null |
        awk '/file format/ { file = $1 }
             $0 ~ / O (\.data|\.bss|\.tdata|\.tbss)/ && $0 !~ /\.data\.rel\.ro/ { print file " has " $NF }
             / \*COM\*/ { print file " has " $NF }' | sort -u | paste -sd ';')
    if [ -n "$globals" ]; then
        echo "FAIL library has no mutable globals: $globals"
    else
        echo "ok library has no mutable globals"
    fi
    ;;
esac
