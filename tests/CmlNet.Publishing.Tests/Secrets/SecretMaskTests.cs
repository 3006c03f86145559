using System.Text;
using System.Text.Json;
using CmlNet.Publishing.Secrets;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Publishing.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Secret = "gh\"p_S3/cret+Tök&n=%";

    [Fact]
    public void Apply_EveryEncoding_IsHidden()
    {
        var mask = new SecretMask([Secret]);
        byte[] bytes = Encoding.UTF8.GetBytes(Secret);
        foreach (string form in new[] { Secret, Uri.EscapeDataString(Secret), JsonSerializer.Serialize(Secret)[1..^1], Convert.ToBase64String(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes) })
            Assert.Equal("a *** b", mask.Apply($"a {form} b"));
    }

    [Fact]
    public void Apply_Base64OfALongerText_DoesNotShowTheSecret()
    {
        const string secret = "ghs_0123456789abcdefghij";
        var mask = new SecretMask([secret]);
        Prop.ForAll<byte>(length =>
        {
            string prefix = new('x', length % 40);
            string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + secret + ":y"));
            string masked = mask.Apply(encoded);
            Assert.Contains("***", masked, StringComparison.Ordinal);
            string left = string.Concat(masked.Split("***").Select(p => Encoding.UTF8.GetString(Convert.FromBase64String(p[..(p.Length / 4 * 4)]))));
            Assert.DoesNotContain(secret[4..^4], left, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Apply_KeyOfManyLines_HidesEachLine()
    {
        SecretMask mask = SecretMask.For(new Dictionary<string, string>(StringComparer.Ordinal) { ["CML_APP_PRIVATE_KEY"] = "-----BEGIN-----\nabcdefghijkl\nmnopqrstuvwx\n", ["PATH"] = "/usr/bin" });
        Assert.Equal("error in *** at /usr/bin", mask.Apply("error in mnopqrstuvwx at /usr/bin"));
    }
}
