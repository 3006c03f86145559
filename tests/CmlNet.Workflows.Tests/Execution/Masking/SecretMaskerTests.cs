using System.Text;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Tests.Execution.Masking;

public sealed class SecretMaskerTests
{
    private readonly SecretMasker _masker = new();

    [Theory]
    [InlineData("a hunter2 b", "a *** b")]
    [InlineData("hunter2hunter2", "***")]
    [InlineData("Hunter2", "Hunter2")]
    [InlineData("", "")]
    public void Mask_Secret_IsReplaced(string text, string expected)
    {
        _masker.Add("hunter2");

        Assert.Equal(expected, _masker.Mask(text));
    }

    /// <summary>Terminals and pages show such text without what stands between.</summary>
    [Theory]
    [InlineData("a hun\0ter2 b", "a *** b")]
    [InlineData("hunt\u001b[2Jer2", "***")]
    [InlineData("hunt\u001b]0;title\u0007er2", "***")]
    [InlineData("\u001b[31mhun\u001b[0mter2", "***")]
    [InlineData("\u001b[31mred\u001b[0m hunter2", "\u001b[31mred\u001b[0m ***")]
    public void Mask_SecretWithControlCharactersInIt_IsReplaced(string text, string expected)
    {
        _masker.Add("hunter2");

        Assert.Equal(expected, _masker.Mask(text));
    }

    [Fact]
    public void Mask_OverlappingSecrets_BecomeOneMark()
    {
        _masker.Add("abcdef");
        _masker.Add("defghi");
        _masker.Add("cd");

        Assert.Equal("x***y", _masker.Mask("xabcdefghiy"));
    }

    [Theory]
    [InlineData("it's \"q\"<&>", "it''s \"q\"<&>")]
    [InlineData("it's \"q\"<&>", "it's \\\"q\\\"<&>")]
    [InlineData("it's \"q\"<&>", "it%27s%20%22q%22%3C%26%3E")]
    [InlineData("it's \"q\"<&>", "it&apos;s &quot;q&quot;&lt;&amp;&gt;")]
    [InlineData("a\tb\\c\nd", "a\\tb\\\\c\\nd")]
    [InlineData("\"quoted secret\"", "quoted secret")]
    [InlineData("part-one&part-two&part-three", "part-one&part-two&")]
    [InlineData("part-one&part-two&part-three", "part-three")]
    [InlineData("part-one&+xpart-two", "part-one&+")]
    [InlineData("part-one&+xpart-two", "part-two")]
    public void Mask_Encoding_IsReplacedWhole(string secret, string encoded)
    {
        _masker.Add(secret);

        Assert.Equal("<***>", _masker.Mask($"<{encoded}>"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("x-access-token:")]
    public void Mask_Base64BehindOtherText_IsHidden(string prefix)
    {
        const string Secret = "s3cr3t-value-long?>";
        _masker.Add(Secret);

        foreach (string suffix in new[] { "", "1", "12", "123" })
        {
            string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Secret + suffix));
            Assert.Contains("***", _masker.Mask(encoded), StringComparison.Ordinal);
            Assert.Contains("***", _masker.Mask(encoded.Replace('+', '-').Replace('/', '_')), StringComparison.Ordinal);
            Assert.True(_masker.Mask(encoded).Replace("***", "", StringComparison.Ordinal).Length <= 4 * ((prefix.Length / 3) + 1) + 8);
        }
    }

    [Fact]
    public void Mask_MultiLineSecret_HidesEachLineButNotSingleCharacters()
    {
        _masker.Add("{\r\n  \"key\": \"value\"\n}\n");

        Assert.Equal("a {***} b", _masker.Mask("a {  \"key\": \"value\"} b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\n")]
    public void Add_BlankValue_IsIgnored(string value)
    {
        _masker.Add(value);

        Assert.Equal("a  b\n", _masker.Mask("a  b\n"));
    }

    [Fact]
    public void Mask_SingleCharacterSecret_IsHiddenAsOnGitHub()
    {
        _masker.Add("7");

        Assert.Equal("***up", _masker.Mask("7up"));
    }

    [Fact]
    public void Mask_ManySecretsAddedOneByOne_AllAreHidden()
    {
        for (int i = 0; i < 2000; i++)
            _masker.Add($"secret-{i}-value");

        string masked = _masker.Mask(string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"secret-{i}-value")));

        Assert.DoesNotContain("secret", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_TenMegabytesWithFiftySecrets_Finishes()
    {
        for (int i = 0; i < 50; i++)
            _masker.Add($"ghp_{i:x}Token{i * 7919:x8}/+\"'&");
        string line = "2026-01-01T00:00:00Z epoch 12 loss=0.1234 accuracy=0.98 ghp_ is not a token, ghp_1 neither";
        int hidden = 0;
        for (int length = 0; length < 10_000_000; length += line.Length)
            hidden += _masker.Mask(line).Length - line.Length;

        Assert.Equal(0, hidden);
    }

    [Fact]
    public async Task Add_WhileMasking_IsSafe()
    {
        Task[] writers = [.. Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                string secret = $"w{worker}-secret-{i}";
                _masker.Add(secret);
                Assert.Equal("[***]", _masker.Mask($"[{secret}]"));
            }
        }))];
        await Task.WhenAll(writers);
    }
}
