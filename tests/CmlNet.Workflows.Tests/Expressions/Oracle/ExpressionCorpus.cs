using System.Globalization;

namespace CmlNet.Workflows.Tests.Expressions.Oracle;

/// <summary>Expressions of every kind, right and wrong, the same ones each time.</summary>
internal sealed class ExpressionCorpus
{
    public const string Contexts = """
        {
          "foo": {"bar": "baz", "Num": 3, "none": null, "yes": true, "no": false, "deep": {"a": [1, "two", null, true, {"k": "v"}, [5]], "b": {"x": "1"}},
                  "list": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": ["c"]}, {"other": 0}], "empty": "", "a-b": "dash", "_u": "under"},
          "list": [1, 2, 3, "x", null, true, [1, [2]], {"a": 1}],
          "github": {"event_name": "push", "ref": "refs/heads/main", "event": {"commits": [{"id": "1", "message": "it's"}, {"id": "2"}]}},
          "nothing": {}, "none": [], "text": "str", "half": 1.5, "on": true, "nil": null
        }
        """;

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "-1", "1.5", "-0", "+7", "0xff", "0xFF", "0o17", "1e3", "1E-2", ".5", "-.5", "5.", "0x7fffffff", "NaN", "Infinity", "-Infinity", "+Infinity",
        "''", "'a'", "'A'", "'abc'", "'it''s'", "' 1 '", "'1'", "'0x10'", "'0o10'", "'1e2'", "'Infinity'", "'+Infinity'", "'-Infinity'", "'infinity'", "'nan'", "'true'", "'null'",
        "'é'", "'É'", "'_'", "'['", "'Z'", "'😀'", "'a\nb'", "'0x'", "'-0x1'", "'1_000'", "'1,000'", "'.5'", "'5.'", "'+5'", "'٣'", "'1e'", "'1d'", "'--1'", "'\u00a01'",
        "foo", "foo.bar", "foo.Num", "foo.none", "foo.missing", "foo.deep", "foo.deep.a", "foo.list", "list", "list[0]", "nothing", "none", "text", "half", "on", "nil",
        "0xg", "0o8", "0o", "0x", "1e+", "1x", "0xffffffff", "0x1ffffffff", "0o40000000000", "0X10", "0O10", "'0b11'", "1e15", "123456789012345678", "1e400",
    ];

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private static readonly string[] Indexes =
    [
        "foo.bar", "foo.BAR", "foo['bar']", "foo['Bar']", "foo[0]", "foo.*", "foo[*]", "foo.deep.*", "foo.list.*.tags", "foo.list.*.tags.*", "foo.list.*.tags[0]", "foo.list[*].id", "foo.list.*.id[1]",
        "foo.list[1].id", "foo.list['1'].id", "foo.list[-1]", "foo.list[1.9].id", "foo.list['x']", "foo.list[null].id", "foo.list[true].id", "foo.list[foo.list]", "list[1e20]", "list[NaN]", "list[Infinity]",
        "list['']", "list[' 2 ']", "list['0x1']", "text.x", "text[0]", "half.x", "nil.x", "on.x", "foo.none.x", "foo.a-b", "foo['a-b']", "foo._u", "foo.true", "foo.null", "foo[null]", "foo[foo]", "foo.*.a",
        "foo.*.b.x", "foo.*.*", "github.event.commits.*.message", "github.event.commits[*]['message']", "list.*.a", "list.*.*", "list.*[0]", "(foo).bar", "(foo.list)[0].id", "fromJSON('{\"a\":1}').a",
        "fromJSON('[1,2]')[1]", "foo.list.*['tags'][0]", "foo['list']['0']", "format('x')[0]", "foo . bar", "foo [ 'bar' ]", "foo.\nbar", "'a'.b", "'a'[0]", "true.a", "foo.1", "foo.b@r", "foo..bar", "foo.", "foo[",
        "foo[]", "foo['bar'", "foo]", "[foo]", "foo[0,1]", "foo.*bar", "foo.**", "foo*", "*", "foo.'bar'", "foo.(bar)", "foo.bar()", "foo()", "unknown", "Foo.bar", "nofunc()", "nofunc(1",
    ];

    private static readonly string[] Syntax =
    [
        "", "  ", "(", "()", ")", "(1", "1)", "((1))", "1 2", "'a' 'b'", "'", "'abc", "''''", "'a''", "\"a\"", "`a`", "@", "#", "$", "%", "^", "~", "a+b", "1+1", "1 + 1", "1 - 1", "-foo", "- 1", "+foo", "!", "!!1", "! 1",
        "1 &", "1 && ", "&& 1", "1 & 1", "1 | 1", "1 ||", "1 && && 1", "1 == ", "== 1", "= 1", "1 = 1", "1 === 1", "1 ! = 2", "1 !== 2", "1 < = 2", "1 =< 2", "1 <> 2", "1 == 2 == 3", "1 < 2 < 3", "3 > 2 > 1",
        "1 || 2 && 0", "(1 || 2) && 0", "!1 == 0", "!(1 == 0)", "!1 < 2", "1 < 2 == true", "1 && 2 || 3", "0 && 2 || 3", "0 || 0 && 1", "null || '' || 0 || false", "true,false", ",", "foo,",
        "format(", "format()", "format(,)", "format('a',)", "format(,'a')", "format('a' 'b')", "format 'a'", "format", "contains()", "contains('a')", "contains('a','b','c')", "contains('a','b'", "join('a','b','c')",
        "toJSON()", "fromJSON(1,2)", "FORMAT('a')", "case()", "case(1)", "case(true,1)", "case(true,1,2)", "case(false,1,2)", "case(1,1,2)", "case('true',1,2)", "case(null,1,2)", "case(false,1,true,2,3)",
        "case(true,'a',false,'b')", "case(false,fromJSON('x'),3)",
        "format('{0}')", "format('{{0}}','a')", "format('{{{0}}}','a')", "format('{','a')", "format('}','a')", "format('{0','a')", "format('0}','a')", "format('{a}','a')", "format('{ 0 }','a')", "format('{0:x}','a')",
        "format('{-1}','a')", "format('{01}','a','b')", "format('{1}{0}','a','b')", "format('{256}','a')", "format('{}','a')", "format('{{}}','a')", "format('{0}}','a')", "format('{{0}','a')", "format(null)",
        "format('x','y','z')", "format('{0}{1}{2}{3}{4}{5}{6}{7}{8}{9}{10}',0,1,2,3,4,5,6,7,8,9,'t')", "format('{0}','{1}')", "toJSON(NaN)", "toJSON(foo)", "toJSON('a\"b\\<>&\u0001')", "'\uFEFF1' == 1", "'ß' == 'SS'", "'ß' < 'T'",
        "foo==foo", "foo<foo", "foo<=foo", "foo.deep==foo.deep", "null<=null", "null<null", "NaN<=NaN", "'10'<'9'", "'10'<9", "contains(list,list[6])", "contains(list,'X')", "contains(foo,'bar')", "startsWith(list,'A')", "endsWith(1.50,'5')",
    ];

    private static readonly string[] Json =
    [
        "null", "true", "0", "-0", "1.0", "1e2", "\"a\"", "\"\\u0041\\n\"", "[]", "{}", "[1,2]", "[[1],[2,[3]]]", "{\"a\":{\"b\":[]}}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"A\":2}", " 1 ", "\"\\ud83d\\ude00\"",
        "[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "'a'", "[1 2]", "{\"a\" 1}", "{\"a\":}", "tru", "True", "NaN", "undefined", "01", "1.", "-", "+1", ".5", "0x10", "", " ", "1 2", "//c\n1", "[", "{", "]", "[1", "\"abc", "truefalse",
    ];

    private readonly Random _random = new(20260101);

    public static IReadOnlyList<string> Build() => [.. new ExpressionCorpus().All().Distinct(StringComparer.Ordinal)];

    private IEnumerable<string> All()
    {
        foreach (string value in Values)
        {
            foreach (string form in new[] { "{0}", "!{0}", "format('{{0}}', {0})", "toJSON({0})", "{0} && 'y' || 'n'", "join({0})", "{0} == 0", "{0} < 1", "{0} > 0", "contains(list, {0})" })
                yield return string.Format(CultureInfo.InvariantCulture, form, value);
        }

        for (int i = 0; i < 1200; i++)
            yield return $"{Any(Values)} {Any(Comparisons)} {Any(Values)}";
        for (int i = 0; i < 400; i++)
            yield return $"{Any("contains", "startsWith", "endsWith", "join")}({Any(Values)}, {Any(Values)})";
        foreach (string expression in Indexes.Concat(Syntax))
            yield return expression;
        foreach (string json in Json.Select(text => text.Replace("'", "''", StringComparison.Ordinal)))
        {
            yield return $"fromJSON('{json}')";
            yield return $"toJSON(fromJSON('{json}'))";
        }

        foreach (int depth in new[] { 49, 50, 51 })
        {
            yield return Repeat("(", depth) + "1" + Repeat(")", depth);
            yield return Repeat("!", depth) + "1";
            yield return "foo" + Repeat(".a", depth);
            yield return Repeat("(1 && ", depth) + "1" + Repeat(")", depth);
            yield return "1" + Repeat(" == 1", depth);
        }

        yield return $"'{Repeat("a", 20_998)}'";
        yield return $"'{Repeat("a", 20_999)}'";
        for (int i = 0; i < 800; i++)
            yield return Tree(3);
        for (int i = 0; i < 400; i++)
            yield return Damaged(Any([.. Indexes, .. Syntax]));
    }

    private string Tree(int depth) => depth == 0 || _random.Next(5) == 0 ? Any(Values) : _random.Next(8) switch
    {
        0 or 1 => $"{Tree(depth - 1)} {Any([.. Comparisons, "&&", "||"])} {Tree(depth - 1)}",
        2 => $"!{Tree(depth - 1)}",
        3 => $"({Tree(depth - 1)})",
        4 => $"{Any("contains", "startsWith", "ENDSWITH")}({Tree(depth - 1)}, {Tree(depth - 1)})",
        5 => $"format('{{0}}-{{1}}', {Tree(depth - 1)}, {Tree(depth - 1)})",
        6 => $"({Tree(depth - 1)})[{Tree(depth - 1)}]",
        _ => $"case({Any("true", "on", "foo.no")}, {Tree(depth - 1)}, {Tree(depth - 1)})",
    };

    private string Damaged(string expression)
    {
        const string Marks = "()[].,*!<>=&|'\" @-+0x1a";
        if (expression.Length == 0)
            return "&";
        int at = _random.Next(expression.Length);
        return expression[..at] + Marks[_random.Next(Marks.Length)] + expression[(at + _random.Next(2))..];
    }

    private string Any(params string[] choices) => choices[_random.Next(choices.Length)];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
