using System.Text;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Tests.Assets;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("a.bin", "\u0089PNG\r\n\u001a\n", "image/png")]
    [InlineData("a.txt", "<svg xmlns='x'/>", "image/svg+xml")]
    [InlineData("a", "<?xml version='1.0'?>\n<svg/>", "image/svg+xml")]
    [InlineData("a", "%PDF-1.7", "application/pdf")]
    [InlineData("a", "{\"x\": 1}", "application/json")]
    [InlineData("a.csv", "a,b", "text/plain")]
    [InlineData("a.html", "<p>", "text/html")]
    [InlineData("a", "\0\0", "application/octet-stream")]
    [InlineData("a.png", "not a picture", "text/plain")]
    public void Detect_ContentThenName_IsAsCmlHasIt(string name, string content, string expected) =>
        Assert.Equal(expected, MediaTypes.Detect(name, Encoding.Latin1.GetBytes(content)));
}
