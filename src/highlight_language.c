/* SPDX-License-Identifier: ISC */
/* The languages: a row each. */
#include "highlight_priv.h"

#include "mem.h"

/* clang-format off */
#define C_WORDS \
	"auto break case const continue default do else enum extern for goto " \
	"if inline register restrict return sizeof static struct switch " \
	"typedef union volatile while _Alignas _Alignof _Atomic _Generic " \
	"_Noreturn _Static_assert _Thread_local "
#define C_TYPES \
	"bool char double float int int8_t int16_t int32_t int64_t intptr_t " \
	"long ptrdiff_t short signed size_t ssize_t uint8_t uint16_t " \
	"uint32_t uint64_t uintptr_t unsigned void NULL true false "
#define JS_WORDS \
	"as async await break case catch class const continue debugger " \
	"default delete do else export extends finally for from function get " \
	"if import in instanceof let new of return set static super switch " \
	"this throw try typeof var void while with yield "
#define JS_TYPES \
	"Array BigInt Boolean Date Error Function Infinity JSON Map Math NaN " \
	"Number Object Promise RegExp Set String Symbol console document " \
	"false null true undefined window "

const struct language highlight_languages[] = {
	{"c h", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = META_LINE | CALLS,
	    .words = C_WORDS, .types = C_TYPES},
	{"cpp c++ cc cxx hpp hh", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = META_LINE | CALLS,
	    .words = C_WORDS
	    "alignas alignof and catch class co_await co_return co_yield "
	    "concept consteval constexpr constinit const_cast decltype delete "
	    "dynamic_cast explicit export final friend import module mutable "
	    "namespace new noexcept not operator or override private "
	    "protected public reinterpret_cast requires static_assert "
	    "static_cast template this thread_local throw try typeid typename "
	    "using virtual xor ",
	    .types = C_TYPES "nullptr string std vector wchar_t char8_t "},
	{"rust rs", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"", .flags = CALLS | NESTED | MULTI | TICK | BANG,
	    .words = "as async await break const continue crate dyn else enum "
	    "extern fn for if impl in let loop match mod move mut pub ref "
	    "return self Self static struct super trait type union unsafe use "
	    "where while ",
	    .types = "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 "
	    "u32 u64 u128 usize String Vec Option Some None Result Ok Err Box "
	    "true false "},
	{"go golang", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'`", .raw = "`", .flags = CALLS,
	    .words = "break case chan const continue default defer else "
	    "fallthrough for func go goto if import interface map package "
	    "range return select struct switch type var ",
	    .types = "any bool byte comparable complex64 complex128 error "
	    "float32 float64 int int8 int16 int32 int64 rune string uint uint8 "
	    "uint16 uint32 uint64 uintptr append cap close copy delete len "
	    "make new panic print println recover true false nil iota "},
	{"python py python3 py3", .line = "#", .strings = "\"'",
	    .flags = TRIPLE | CALLS | AT,
	    .words = "and as assert async await break case class continue def "
	    "del elif else except finally for from global if import in is "
	    "lambda match nonlocal not or pass raise return try while with "
	    "yield ",
	    .types = "False None True bool bytes dict enumerate float int len "
	    "list map object open print range self set str super tuple type "
	    "zip "},
	{"javascript js jsx mjs cjs node", .line = "//", .open = "/*",
	    .close = "*/", .strings = "\"'`", .multi = "`",
	    .flags = CALLS | DOLLAR_WORD | AT,
	    .words = JS_WORDS, .types = JS_TYPES},
	{"typescript ts tsx", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'`", .multi = "`", .flags = CALLS | DOLLAR_WORD | AT,
	    .words = JS_WORDS
	    "abstract declare enum implements infer interface is keyof module "
	    "namespace override private protected public readonly satisfies "
	    "type ",
	    .types = JS_TYPES "any bigint boolean never number object string "
	    "symbol unknown "},
	{"java", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = CALLS | AT | TRIPLE,
	    .words = "abstract assert break case catch class const continue "
	    "default do else enum exports extends final finally for goto if "
	    "implements import instanceof interface module native new package "
	    "permits private protected public record requires return sealed "
	    "static strictfp super switch synchronized this throw throws "
	    "transient try var volatile while yield ",
	    .types = "boolean byte char double float int long short void "
	    "Boolean Integer List Long Map Object String true false null "},
	{"kotlin kt kts", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = CALLS | AT | TRIPLE | NESTED,
	    .words = "abstract actual annotation as break by catch class "
	    "companion const constructor continue crossinline data do else "
	    "enum expect external final finally for fun get if import in "
	    "infix init inline inner interface internal is lateinit noinline "
	    "object open operator out override package private protected "
	    "public reified return sealed set super suspend tailrec this "
	    "throw try typealias val var vararg when where while ",
	    .types = "Any Boolean Byte Char Double Float Int List Long Map "
	    "Nothing Set Short String Unit true false null "},
	{"swift", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"", .flags = CALLS | AT | TRIPLE | NESTED | META_LINE,
	    .words = "actor as associatedtype async await break case catch "
	    "class continue convenience default defer deinit didSet do else "
	    "enum extension fallthrough fileprivate final for func get guard "
	    "if import in indirect init inout internal is lazy let mutating "
	    "open operator override private protocol public repeat required "
	    "rethrows return self Self set some static struct subscript super "
	    "switch throw throws try typealias unowned var weak where while "
	    "willSet ",
	    .types = "Any Array Bool Character Dictionary Double Float Int "
	    "Optional Set String UInt Void true false nil "},
	{"bash sh shell zsh ksh shellscript", .line = "#", .strings = "\"'",
	    .raw = "'", .multi = "\"'", .flags = DOLLAR | DASH_WORD | WORD_HASH,
	    .words = "case do done elif else esac fi for function if in "
	    "select then time until while break continue return exit "
	    "declare export local readonly set shift source trap unset ",
	    .types = "alias awk bg cat cd chmod chown cp curl cut date docker "
	    "echo eval exec false fg find git grep head kill ls make mkdir mv "
	    "printf pwd read rm sed sleep sort ssh sudo tail tar test touch "
	    "tr true type umask uniq wait wc wget xargs "},
	{"console shell-session shellsession session terminal",
	    .flags = PROMPT, .line = "#"},
	{"powershell ps1 pwsh", .line = "#", .open = "<#", .close = "#>",
	    .strings = "\"'", .flags = DOLLAR | DASH_WORD | NOCASE,
	    .words = "begin break catch class continue do else elseif end "
	    "exit filter finally for foreach from function if in param "
	    "process return switch throw trap try until using while "},
	{"html htm xhtml vue svelte", .open = "<!--", .close = "-->",
	    .flags = MARKUP},
	{"xml svg xsl xslt rss atom plist", .open = "<!--", .close = "-->",
	    .flags = MARKUP},
	{"css scss sass less", .line = NULL, .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = DASH_WORD | COLON_KEY | AT | HASH_COLOUR,
	    .types = "important auto inherit initial none unset "},
	{"json jsonc json5", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = COLON_KEY,
	    .types = "true false null "},
	{"yaml yml", .line = "#", .strings = "\"'",
	    .flags = COLON_KEY | DASH_WORD | WORD_HASH | LINE_KEY,
	    .types = "true false null yes no on off True False Null "},
	{"toml", .line = "#", .strings = "\"'", .raw = "'",
	    .flags = TRIPLE | EQUAL_KEY | DASH_WORD | SECTION,
	    .types = "true false inf nan "},
	{"ini cfg conf properties editorconfig gitconfig systemd",
	    .line = "# ;", .strings = "\"", .flags = EQUAL_KEY | DASH_WORD |
	    SECTION | LINE_HASH,
	    .types = "true false yes no on off "},
	{"sql mysql pgsql postgresql sqlite plsql", .line = "--", .open = "/*",
	    .close = "*/", .strings = "'\"`", .flags = NOCASE | CALLS | DOUBLED,
	    .words = "add all alter and any as asc begin between by case cast "
	    "check column commit constraint create cross database default "
	    "delete desc distinct drop else end except exists explain foreign "
	    "from full function grant group having if in index inner insert "
	    "intersect into is join key left like limit not offset on or "
	    "order outer partition primary procedure references replace "
	    "returning revoke right rollback select set table then to "
	    "transaction trigger truncate union unique update using values "
	    "view when where with ",
	    .types = "bigint blob boolean char date decimal double float int "
	    "integer interval json jsonb numeric real serial smallint text "
	    "time timestamp uuid varchar null true false "},
	{"lua", .line = "--", .open = "--[[", .close = "]]", .strings = "\"'",
	    .flags = CALLS,
	    .words = "and break do else elseif end for function goto if in "
	    "local not or repeat return then until while ",
	    .types = "false nil true ipairs pairs print require self string "
	    "table tonumber tostring type "},
	{"ruby rb", .line = "#", .open = "=begin", .close = "=end",
	    .strings = "\"'`", .flags = AT | DOLLAR | SYMBOL | QUERY,
	    .words = "alias and begin break case class def defined? do else "
	    "elsif end ensure for if in module next not or redo rescue retry "
	    "return self super then undef unless until when while yield "
	    "attr_accessor attr_reader attr_writer extend include private "
	    "protected public raise require require_relative ",
	    .types = "true false nil puts "},
	{"perl pl", .line = "#", .strings = "\"'`",
	    .flags = DOLLAR | AT | PERCENT,
	    .words = "and cmp do else elsif eq for foreach ge given gt if "
	    "last le local lt my ne next no not or our package redo require "
	    "return sub unless until use wantarray when while xor "},
	{"php", .line = "// #", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = DOLLAR | CALLS | NOCASE,
	    .words = "abstract and as break callable case catch class clone "
	    "const continue declare default do echo else elseif enum extends "
	    "final finally fn for foreach function global goto if implements "
	    "include include_once instanceof insteadof interface isset list "
	    "match namespace new or print private protected public readonly "
	    "require require_once return static switch throw trait try unset "
	    "use var while xor yield php ",
	    .types = "array bool float int mixed never null object self string "
	    "true false void "},
	{"csharp cs c#", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = CALLS | META_LINE | TRIPLE,
	    .words = "abstract as async await base break case catch checked "
	    "class const continue default delegate do else enum event explicit "
	    "extern finally fixed for foreach get goto if implicit in init "
	    "interface internal is lock namespace new operator out override "
	    "params private protected public readonly record ref return sealed "
	    "set sizeof stackalloc static struct switch this throw try typeof "
	    "unchecked unsafe using var virtual volatile when where while "
	    "yield ",
	    .types = "bool byte char decimal double float int long object "
	    "sbyte short string uint ulong ushort void true false null "},
	{"diff patch", .flags = DIFF},
	{"dockerfile docker containerfile", .line = "#", .strings = "\"'",
	    .flags = DOLLAR | DASH_WORD | FIRST_WORD,
	    .words = "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM "
	    "HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER "
	    "VOLUME WORKDIR "},
	{"makefile make mk", .line = "#", .strings = "\"'",
	    .flags = DOLLAR | DASH_WORD | LINE_KEY | EQUAL_KEY | COLON_KEY,
	    .words = "define else endef endif export ifdef ifeq ifndef ifneq "
	    "include override private undefine unexport vpath ",
	    .types = ".PHONY .SUFFIXES .DEFAULT "},
	{"cmake", .line = "#", .open = "#[[", .close = "]]", .strings = "\"",
	    .multi = "\"", .flags = DOLLAR | NOCASE | CALLS,
	    .words = "break continue else elseif endforeach endfunction endif "
	    "endmacro endwhile foreach function if macro return while ",
	    .types = "and bool cache defined exists false force interface not "
	    "off on or private public required string true version "},
	{"wat wast wasm webassembly", .line = ";;", .open = "(;",
	    .close = ";)", .strings = "\"",
	    .flags = DOLLAR | DOTTED | NESTED,
	    .words = "block br br_if br_table call call_indirect data drop elem "
	    "else end export func global if import local loop memory module "
	    "mut nop offset param result return select start table then type "
	    "unreachable ref rec sub struct array field try catch throw tag ",
	    .types = "i32 i64 f32 f64 v128 funcref externref anyref eqref "
	    "i31ref "},
	{"asm nasm assembly gas armasm x86asm s", .line = "; #", .open = "/*",
	    .close = "*/", .strings = "\"'",
	    .flags = LINE_KEY | COLON_KEY | PERCENT | FIRST_WORD | LINE_HASH,
	    .words = "section segment global extern db dw dd dq resb resw resd "
	    "resq equ times align "},
	{"protobuf proto proto3", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'",
	    .words = "enum extend extensions group import map message oneof "
	    "option optional package public repeated required reserved returns "
	    "rpc service stream syntax to weak ",
	    .types = "bool bytes double fixed32 fixed64 float int32 int64 "
	    "sfixed32 sfixed64 sint32 sint64 string uint32 uint64 true false "},
	{"zig", .line = "//", .strings = "\"'", .flags = CALLS | AT,
	    .words = "align allowzero and asm async await break catch comptime "
	    "const continue defer else enum errdefer error export extern fn "
	    "for if inline noalias orelse or packed pub resume return struct "
	    "suspend switch test threadlocal try union unreachable "
	    "usingnamespace var volatile while ",
	    .types = "anyerror anytype bool f32 f64 i8 i16 i32 i64 isize noreturn "
	    "type u8 u16 u32 u64 usize void true false null undefined "},
	{"haskell hs", .line = "--", .open = "{-", .close = "-}",
	    .strings = "\"", .flags = NESTED | QUERY,
	    .words = "as case class data default deriving do else forall "
	    "foreign hiding if import in infix infixl infixr instance let "
	    "module newtype of qualified then type where ",
	    .types = "Bool Char Double Either Float IO Int Integer Just Left "
	    "Maybe Nothing Right String True False "},
	{"elixir ex exs", .line = "#", .strings = "\"'",
	    .flags = TRIPLE | AT | SYMBOL | QUERY | CALLS,
	    .words = "after and case catch cond def defdelegate defexception "
	    "defimpl defmacro defmodule defp defprotocol defstruct do else end "
	    "fn for if import in not or quote raise receive require rescue "
	    "try unless unquote use when with ",
	    .types = "true false nil "},
	{"scala sc", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = CALLS | AT | TRIPLE | NESTED,
	    .words = "abstract case catch class def do else enum export extends "
	    "extension final finally for given if implicit import lazy match "
	    "new object override package private protected return sealed "
	    "super then this throw trait try type using val var while with "
	    "yield ",
	    .types = "Any Boolean Double Int List Long Map Option String Unit "
	    "true false null "},
	{"dart", .line = "//", .open = "/*", .close = "*/",
	    .strings = "\"'", .flags = CALLS | AT | TRIPLE,
	    .words = "abstract as assert async await break case catch class "
	    "const continue covariant default deferred do else enum export "
	    "extends extension external factory final finally for get if "
	    "implements import in is late library mixin new on operator part "
	    "required rethrow return sealed set static super switch sync this "
	    "throw try typedef var when while with yield ",
	    .types = "bool double dynamic Future int List Map num Object Set "
	    "String void true false null "},
	{"r rlang", .line = "#", .strings = "\"'", .flags = CALLS | DOTTED,
	    .words = "break else for function if in next repeat return while ",
	    .types = "TRUE FALSE NULL NA Inf NaN "},
	{"graphql gql", .line = "#", .strings = "\"", .flags = TRIPLE | DOLLAR |
	    AT | COLON_KEY,
	    .words = "directive enum extend fragment implements input interface "
	    "mutation on query scalar schema subscription type union ",
	    .types = "Boolean Float ID Int String true false null "},
	{"hcl terraform tf", .line = "# //", .open = "/*", .close = "*/",
	    .strings = "\"", .flags = EQUAL_KEY | CALLS | DASH_WORD,
	    .words = "data dynamic for_each locals module output provider "
	    "resource terraform variable for in if ",
	    .types = "bool list map number object set string true false "
	    "null "},
	{"nix", .line = "#", .open = "/*", .close = "*/", .strings = "\"",
	    .multi = "\"", .flags = EQUAL_KEY | DASH_WORD,
	    .words = "assert else if import in inherit let or rec then with ",
	    .types = "true false null builtins "},
	{"vim viml vimscript", .line = NULL, .strings = "'",
	    .flags = LINE_QUOTE,
	    .words = "augroup autocmd call command else elseif endfor "
	    "endfunction endif endwhile execute finish for function if in let "
	    "map nmap nnoremap return set setlocal syntax unlet vmap while "},
	{"go-html-template gotmpl gohtml go-text-template handlebars jinja "
	 "liquid", .open = "<!--", .close = "-->", .flags = MARKUP},
};
/* clang-format on */

const size_t highlight_nlanguages = NITEMS(highlight_languages);
