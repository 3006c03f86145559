using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Tests.Http;

public sealed class OpenSslTests
{
    [Fact]
    public void Require_HttpsWithoutTheLibrary_NamesThePackage()
    {
        PublishingException e = Assert.Throws<PublishingException>(() => OpenSsl.Require(new Uri("https://api.github.com/"), ["libssl.so.of.nobody"]));
        Assert.Contains("apt-get install -y libssl3 ca-certificates", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_PlainHttpWithoutTheLibrary_IsFine() => OpenSsl.Require(new Uri("http://127.0.0.1/"), ["libssl.so.of.nobody"]);

    [Theory]
    [InlineData("<https://a/x?page=2>; rel=\"next\", <https://a/x?page=9>; rel=\"last\"", "https://a/x?page=2")]
    [InlineData("<https://a/x?page=1>; rel=\"first\", <https://a/x?page=2>; rel=next", "https://a/x?page=2")]
    [InlineData("<https://a/x?page=1>; rel=\"first\"", null)]
    [InlineData("garbage <", null)]
    [InlineData(null, null)]
    public void Next_LinkHeader_IsTheNextPage(string? header, string? expected) => Assert.Equal(expected, LinkHeader.Next(header));
}
