using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Tests.Values;

/// <summary>What is written reads back as it was: a lock file that says something else makes its stage run each time.</summary>
public sealed class YamlTextTests
{
    private static readonly string[] Texts =
    [
        "plain", "", " ", "a, b", "[x]", "{k: v}", "a: b", "a #b", "#a", "- a", "-a", "'q'", "\"d\"", "it's, {both}\"", "true", "1e5", "0123", "12:30", "null", "~", "yes",
        "line\nline", "line\nline\n", "line\n\n\n", "\nfirst", "  led\n in", "trail \nx", "echo {\"a\": 1,\n} > f\ndone\n", "tab\there", "tab\tand\nline", "cr\rlf\r\n", "bell\a", "é", "😀", "😀\n[x]", "\uFEFFx", "\u2028", "back\\slash\n\"", "x:", "? y", "%z", "@a", "`b`", "&c", "*d", "!e", "|", ">", "---", "...", "<<", "=",
    ];

    [Fact]
    public void Write_TextsOfEveryKind_ReadBackWhereverTheyStand()
    {
        foreach (string text in Texts)
        {
            DvcValue value = DvcValue.Of(text);
            var root = DvcValue.Of(
            [
                KeyValuePair.Create("cmd", value),
                KeyValuePair.Create("list", DvcValue.Of([value, value])),
                KeyValuePair.Create("deps", DvcValue.Of([DvcValue.Of([KeyValuePair.Create("path", value), KeyValuePair.Create("md5", value)])])),
                KeyValuePair.Create("nested", DvcValue.Of([DvcValue.Of([value, DvcValue.Of([KeyValuePair.Create("k", value)])])])),
                KeyValuePair.Create("key " + text, DvcValue.Of(1)),
            ]);
            string written = YamlText.Write(root);
            Assert.Equal(PythonText.Json(root, sortKeys: false), PythonText.Json(YamlValueReader.Read(written), sortKeys: false));
        }
    }

    [Fact]
    public void Write_CharactersOutsideTheBasicPlane_StandAsTheyAre() =>
        Assert.Equal("path: data/😀.txt\n", YamlText.Write(DvcValue.Of([KeyValuePair.Create("path", DvcValue.Of("data/😀.txt"))])));
}
