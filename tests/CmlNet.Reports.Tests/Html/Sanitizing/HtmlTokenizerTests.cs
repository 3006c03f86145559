using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Tests.Html.Sanitizing;

public sealed class HtmlTokenizerTests
{
    [Theory]
    [InlineData("a<b>c", "'a' <b> 'c'")]
    [InlineData("<A B=c D='e f' G=\"h\" i j = k>", "<a b=c d=e f g=h i= j=k>")]
    [InlineData("<a/b/c>", "<a b= c=>")]
    [InlineData("<a =x>", "<a =x=>")]
    [InlineData("<a b=1 B=2>", "<a b=1>")]
    [InlineData("<a b=>c", "<a b=> 'c'")]
    [InlineData("<a b", "")]
    [InlineData("<a b='c>d", "")]
    [InlineData("a<!-- b --!>c<!-->d<!--->e<!-- f", "'a' 'c' 'd' 'e'")]
    [InlineData("a<!doctype x>b<?y?>c</ z>d</>e", "'a' 'b' 'c' 'd' 'e'")]
    [InlineData("a < b <3 </", "'a ' '< b ' '<3 ' '</'")]
    [InlineData("<script>a<b>c</scripty></SCRIPT >d", "<script> </script> 'd'")]
    [InlineData("<title>a</title>b", "<title> </title> 'b'")]
    [InlineData("&lt;&#60;&#x3c;&amp;lt;&nosuch;&lt", "'<<<&lt;&nosuch;<'")]
    [InlineData("&#0;&#xD800;&#x110000;&#xffffffffffff;&#;", "'\uFFFD\uFFFD\uFFFD\uFFFD&#;'")]
    public void Tokens_Input_AreThoseOfTheStandard(string html, string expected) =>
        Assert.Equal(expected, string.Join(' ', new HtmlTokenizer(html).Tokens().Select(Show)));

    private static string Show(HtmlToken token) => token.Kind switch
    {
        HtmlTokenKind.Text => $"'{token.Value}'",
        HtmlTokenKind.EndTag => $"</{token.Value}>",
        _ => $"<{token.Value}{string.Concat(token.Attributes.Select(a => $" {a.Key}={a.Value}"))}>",
    };
}
