#!/bin/sh
# What the source tree must be like: who may include whom (HACKING.md, "Layers"), how long
# files, functions and lines may be, and that the makefile names every file.
#
#   tests/test_layers.sh [TREE]     TREE: another tree than this one, to test the test
tree=${1:-$(dirname "$0")/..}
cd "$tree" || exit 1
command -v perl >/dev/null 2>&1 || { echo "perl is missing"; exit 77; }
exec perl -CSD - <<'EOP'
use strict;
use warnings;

# folder => the folders it may include, besides itself and base
my %may = (
    base   => '',
    model  => '',
    view   => 'model',
    kernel => 'model',
    demo   => '',
    lab    => 'kernel demo model',
    lesson => 'lab demo model',
    export => 'view model',
    ui     => 'model view kernel demo lab lesson export',
    cmd    => 'model view kernel demo lab lesson export ui',
    ''     => 'model view kernel demo lab lesson export ui cmd',    # src/main.c
);
my $netlink = qr{^(?:libmnl/|netpacket/
    |linux/(?:\w*netlink|sock_diag|\w+_diag|if_\w+|veth|ethtool|filter|neighbour)\.h)}x;
my $curses = qr{^(?:ncursesw?/)?(?:n?curses|term|panel|menu|form)\.h$};
my $print  = qr{\b(?:v?f?printf|puts|fputs|putchar|perror|dprintf)\s*\(};
my $end    = qr{\b(?:exit|abort|quick_exit)\s*\(};
my $io     = qr{(?<![.>\w])(?:f?open|openat|fdopen|f?read|f?write|pread|pwrite|recv\w*|
    send\w*|socket|ioctl|e?poll|fork|getenv|system|popen|mmap|stat|_exit)\s*\(}x;

my $bad = 0;
sub complain { print "@_\n"; $bad = 1; }

sub slurp {
    open my $in, '<', $_[0] or die "$_[0]: $!\n";
    local $/;
    return scalar <$in>;
}

# Comments, strings and characters become blanks; lines stay where they are.
sub bare {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')}
              {(my $gone = $1) =~ s/[^\n]/ /g; $gone}gse;
    return $text;
}

sub check_includes {
    my ($file, $folder, $text) = @_;
    my %ok = map { $_ => 1 } split(' ', $may{$folder}), $folder, 'base';
    while ($text =~ /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/mg) {
        my ($kind, $name) = ($1, $2);
        if ($kind eq '"') {
            # Its macros turn close() and fork() into traced calls of a demo program.
            complain("$file: only demo programs include demo/demo.h")
                if $name eq 'demo/demo.h' && $folder ne 'demo';
            my ($to) = $name =~ m{^(\w+)/};
            if (!defined $to) {
                complain("$file: \"$name\": write it as \"FOLDER/$name\"");
            } elsif (!$ok{$to}) {
                complain("$file: $folder may not include \"$name\"");
            }
            complain("$file: there is no src/$name") unless -f "src/$name";
        } elsif ($name =~ $netlink && $folder ne 'kernel') {
            complain("$file: only kernel/ may include <$name>");
        } elsif ($name =~ $curses && $folder ne 'ui') {
            complain("$file: only ui/ may include <$name>");
        }
    }
}

sub check_calls {
    my ($file, $folder, $code) = @_;
    # base ends the program when there is no memory left: nobody could go on.
    return if $folder =~ /^(?:|base|cmd|ui|demo)$/;
    # What a host's program prints goes into a pipe of its own.
    return if $file eq 'src/lab/program_main.c';
    my $n = 0;
    for (split /\n/, $code) {
        $n++;
        complain("$file:$n: library code never prints: $1") if /($print)/;
        complain("$file:$n: library code never exits: $1") if /($end)/;
        if ($folder =~ /^(?:model|view)$/ && /($io)/) {
            complain("$file:$n: $folder/ does no I/O: $1");
        }
    }
}

sub check_lengths {
    my ($file, $text, $code) = @_;
    my @lines = split /\n/, $text;
    my $count = $text =~ tr/\n//;
    complain("$file: $count lines; 500 are the limit") if $count > 500;
    my $n = 0;
    my @wide;
    for (@lines) {
        $n++;
        push @wide, $n if length() > 89 && $file =~ m{^src/};    # pictures in tests
        complain("$file:$n: a tab") if /\t/;
    }
    complain("$file:$wide[0]: more than 89 columns (" . @wide . " such lines)") if @wide;
    my ($start, $name, $last) = (0, '', '');
    $n = 0;
    for (split /\n/, $code) {
        $n++;
        if (/^\{/) {
            $start = $n;
            $name  = $last;
        } elsif (/^\}/ && $start) {
            my $length = $n - $start - 1;
            complain("$file:$start: $name: $length lines; 60 are the limit")
                if $length > 60;
            $start = 0;
        }
        $last = $1 if /^[A-Za-z_].*?(\w+)\(/;
        complain("$file:$n: no typedef for structs") if /^\s*typedef\s+struct\b/;
    }
}

my $makefile = slurp('Makefile.am');
my %named    = map { $_ => 1 } $makefile =~ m{(?:src|tests)/[\w/.-]+}g;

my @sources = (glob('src/*.[ch]'), glob('src/*/*.[chS]'), glob('src/*/*.def'));
my @tests   = map { glob("tests/$_/*.[ch]") } qw(unit live screen bench fuzz);
complain("src has no files: is this the right folder?") unless @sources;
for my $file (@sources) {
    my ($folder) = $file =~ m{^src/(?:(\w+)/)?[^/]+$};
    $folder = '' unless defined $folder;
    my $text = slurp($file);
    if (!exists $may{$folder}) {
        complain("$file: tests/test_layers.sh does not know the folder src/$folder");
        next;
    }
    my $code = bare($text);
    check_includes($file, $folder, $text);
    check_calls($file, $folder, $code);
    check_lengths($file, $text, $code);
    complain("$file: Makefile.am does not name it") unless $named{$file};
}
for my $file (@tests) {
    my $text = slurp($file);
    check_lengths($file, $text, bare($text));
    (my $program = $file) =~ s/\.c$//;
    complain("$file: Makefile.am does not name it")
        unless $named{$file} || $named{$program} || $file =~ /\.h$/;
}
for my $name (sort keys %named) {
    next if $name =~ m{\.$} || $name =~ m{/$};    # NAME.$(OBJEXT)
    next if -e $name || -e "$name.c" || $name =~ /\*/;
    complain("Makefile.am: there is no $name");
}
# Without this an embedded text would stay as it was after a change.
my %embedded = map { $_ => 1 } $makefile =~ m{\$\(top_srcdir\)/src/demo/(\w+)\.c}g;
for my $name (slurp('src/demo/demo_source.c') =~ /^SOURCE\((\w+)\)/mg) {
    complain("Makefile.am: DEMO_TEXTS does not name src/demo/$name.c")
        unless $embedded{$name};
}
for my $file (glob('tests/*.sh tests/*/*.sh bootstrap .ci/run')) {
    complain("$file: it is not executable") unless -x $file || $file =~ m{/lib[^/]*$};
}
exit $bad;
EOP
