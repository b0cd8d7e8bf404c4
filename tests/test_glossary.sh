#!/bin/sh
# Each **bold** term of a lesson stands in the glossary; it is bold once in that lesson,
# where it first appears; and no explanation in the glossary is longer than 20 words.
#
# Usage: test_glossary.sh [FOLDER]    (the lessons, lessons/ by default)
set -u
LC_ALL=C
export LC_ALL

lessons=${1:-${srcdir:-$(dirname "$0")/..}/lessons}
glossary=$lessons/glossary.md
set -- "$lessons"/[0-9]*.md
if [ ! -f "$glossary" ] || [ ! -f "$1" ]; then
    echo "test_glossary: no glossary.md, or no lessons, in $lessons" >&2
    exit 1
fi

# What both programs below need.
functions='
    # No prose: fenced code, headings, notes, and what stands above the first page.
    function is_prose(line) {
        if (line ~ /^ *(```|~~~)/) {
            fenced = !fenced
            return 0
        }
        if (fenced)
            return 0
        if (line ~ /<!--/)
            note = 1
        if (note) {
            if (line ~ /-->/)
                note = 0
            return 0
        }
        if (line ~ /^## /)
            page = 1
        return page && line !~ /^#/
    }
    function complain(what) {
        print FILENAME ": " what
        bad = 1
    }
'

check_glossary()
{
    awk "$functions"'
        function entry(    end, term, rest, words) {
            if (paragraph == "")
                return
            end = index(paragraph, "**: ")
            if (substr(paragraph, 1, 2) != "**" || end < 4) {
                complain("not \"**term**: explanation\": " paragraph)
            } else {
                term = substr(paragraph, 3, end - 3)
                rest = substr(paragraph, end + 4)
                if (tolower(term) in seen)
                    complain("twice: " term)
                seen[tolower(term)] = 1
                words = split(rest, unused, " ")
                if (words > 20)
                    complain(term ": " words " words")
            }
            paragraph = ""
        }
        { sub(/\r$/, "") }
        FNR == 1 {
            if ($0 != "# Glossary")
                complain("does not begin with \"# Glossary\"")
            next
        }
        /^[ \t]*$/ { entry(); next }
        { paragraph = paragraph (paragraph == "" ? "" : " ") $0 }
        END { entry(); exit bad }
    ' "$glossary"
}

check_lesson()
{
    awk "$functions"'
        # Is the term in the text, as words of their own?
        function appears(text, term) {
            gsub(/`[^`]*`/, " ", text)
            gsub(/[^A-Za-z0-9_+-]+/, " ", text)
            gsub(/[^A-Za-z0-9_+-]+/, " ", term)
            return index(" " text " ", " " term " ") > 0
        }
        { sub(/\r$/, "") }
        FILENAME == glossary {
            if (match($0, /^\*\*[^*]+\*\*: /))
                known[substr($0, 3, RLENGTH - 6)] = 1
            next
        }
        is_prose($0) { text = text " " $0 }
        END {
            gsub(/ +/, " ", text)
            before = ""
            while (match(text, /\*\*[^*]+\*\*/)) {
                term = substr(text, RSTART + 2, RLENGTH - 4)
                before = before substr(text, 1, RSTART - 1)
                text = substr(text, RSTART + RLENGTH)
                bold++
                if (!(term in known))
                    complain("not in the glossary: " term)
                else if (appears(before, term))
                    complain("appears before it is bold: " term)
                before = before " " term
            }
            if (!bold)
                complain("no bold term: is it read at all?")
            exit bad
        }
    ' glossary="$glossary" "$glossary" "$1"
}

status=0
check_glossary || status=1
for lesson; do
    check_lesson "$lesson" || status=1
done
exit $status
