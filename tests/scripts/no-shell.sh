#!/bin/bash
# No shell anywhere: the program can start others by posix_spawn alone, starts gnuplot alone, with a list
# of arguments, an environment of its own making, no open file but three, in the report's folder; and
# gnuplot reads no file that was not named.
cd "$(dirname "$0")/../.." || exit 70
REPO=$PWD
paritet=$PWD/build/${VARIANT:-release}/paritet
export ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 # which cannot be while strace looks on
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
verdict() { # NAME PROBLEM
    if [ -z "$2" ]; then echo "ok no-shell $1"; else printf 'FAIL no-shell %s: see below\n    %s\n' "$1" "$2"; fi
}
for tool in gnuplot strace; do
    command -v $tool > /dev/null || { echo "SKIP no-shell: $tool"; exit 0; }
done

# ---- what it could call
# shellcheck disable=SC2016
starters='(system|popen|exec[lv]p?e?|execveat|fexecve|posix_spawnp|wordexp|dlopen|dlmopen)'
verdict "the sources call nothing that takes a command line" "$(grep -rnE "\b$starters *\(" src include)"
if [ "${VARIANT:-release}" = release ]; then
    verdict "and neither does the program" \
        "$(nm -D --undefined-only "$paritet" | sed 's/@.*//' | grep -E " $starters\$")"
fi

# ---- what it does call, among files and variables that would like to be read
cd "$scratch" || exit 70
mkdir home bin lib
for trap in home/.gnuplot .gnuplot lib/gnuplotrc gnuplotrc home/.gnuplot_history home/.gnuplot-wxt; do
    echo "system 'touch $scratch/ran-$(basename $trap)'" > $trap
done
cp -r "$REPO/models" "$REPO/data" "$REPO/scenarios" .
cat > tell.c << END
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
extern char **environ;
int main(int n, char **words)
{
    char target[4096], link[64], folder[4096];
    FILE *out = fopen("$scratch/told", "a");
    for (int i = 0; i < n; i++) fprintf(out, "argument %d %s\n", i, words[i]);
    for (char **e = environ; *e; e++) fprintf(out, "variable %s\n", *e);
    fprintf(out, "folder %s\n", getcwd(folder, sizeof folder));
    for (int fd = 0; fd < 64; fd++) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t got = fd == fileno(out) ? -1 : readlink(link, target, sizeof target - 1);
        if (got > 0) fprintf(out, "open %d %.*s\n", fd, (int)got, target);
    }
    fclose(out);
    execv("$(command -v gnuplot)", words);
    return 1;
}
END
${CC:-gcc} -o bin/gnuplot tell.c || exit 1
exec 7< models/copenhagen.yaml 9> nine
env -i PATH="bin:.:$scratch/bin:$PATH" HOME="$scratch/home" GNUPLOT_LIB="$scratch/lib" GNUPLOT_INI="$scratch/gnuplotrc" \
    GNUPLOT_DRIVER_DIR="$scratch/bin" GNUTERM=dumb GNUPLOT_FONTPATH="$scratch" GDFONTPATH="$scratch" FIT_SCRIPT='!touch ran-fit' \
    PAGER='touch ran-pager' SHELL="$scratch/bin/gnuplot" SECRET=12.385 LANGUAGE=da \
    "$paritet" -q report --draws 100 models/copenhagen.yaml -i employment-ratio -o folder || exit 1
exec 7<&- 9>&-
verdict "it gets three words, without a command among them" \
    "$(grep '^argument' told | sort -u | diff - <(printf 'argument 0 gnuplot\nargument 1 -d\nargument 2 -\n'))"
verdict "its environment holds what finds fonts, and nothing else" \
    "$(grep '^variable' told | sort -u | diff - <(printf 'variable %s\n' "HOME=$scratch/home" LC_ALL=C.UTF-8 "PATH=bin:.:$scratch/bin:$PATH"))"
verdict "it has three open files" "$(grep '^open' told | awk '{ print $2 }' | sort -u | diff - <(printf '0\n1\n2\n'))"
verdict "it works in the report's folder" "$(grep '^folder' told | grep -vE "/\.folder\.paritet-[0-9]+-0\$")"
verdict "it runs nothing of the user's or the folder's" "$(find . -name 'ran*')"

rm -rf folder
strace -f -qq -e trace=execve,execveat -o calls "$paritet" -q report --draws 100 models/copenhagen.yaml \
    -i employment-ratio -o folder > /dev/null || exit 1
verdict "gnuplot alone is started" \
    "$(grep -v "execve(\"$paritet\"" calls | grep -E 'exec.* = 0$' | grep -vE "execve\(\"$(command -v gnuplot)\", \[\"gnuplot\", \"-d\", \"-\"\]")"
rm -rf folder
strace -f -qq -e trace=openat,open -o files "$paritet" -q report --draws 100 models/copenhagen.yaml \
    -i employment-ratio -o folder > /dev/null || exit 1
allowed="^\"(/usr/|/lib|/etc/(ld\.so|fonts|localtime|locale)|/var/cache/fontconfig|/proc/|/sys/|/dev/(null|urandom)|$HOME/\.|models/copenhagen\.yaml|models/\.\./data/|\./?\.folder\.paritet|\.folder|folder|plots|\.\.?\"|comparison|overview|employment|[a-z-]+\.(gp|svg|png|pdf)\")"
verdict "nothing is read but inputs, the system's files and fonts" \
    "$(grep -E ' = [0-9]+$' files | sed -E 's/^[0-9]+ +open(at)?\((AT_FDCWD, )?//' | grep -E '^"' | grep -vE "$allowed" | head -20)"
verdict "and of the reader's own folder only fonts" \
    "$(grep -E ' = [0-9]+$' files | grep -F "\"$HOME/." | grep -vE '/(\.fonts|\.local/share/fonts|\.config/fontconfig|\.cache/fontconfig)' | head)"
