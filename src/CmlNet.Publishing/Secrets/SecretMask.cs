using System.Text;
using System.Text.Encodings.Web;

namespace CmlNet.Publishing.Secrets;

/// <summary>Replaces secrets by <c>***</c>, in each encoding they can travel in: as they are, in URLs, in JSON, in base64 (of a longer text too) and in hexadecimal digits.</summary>
public sealed class SecretMask
{
    private const string Mark = "***";
    private const int ShortestSecret = 6;
    private const int ShortestForm = 6;

    private readonly string[] _forms;

    /// <summary>A mask for the given secrets.</summary>
    /// <param name="secrets">Those with fewer than six characters are left out: hiding them would hide half the text.</param>
    public SecretMask(IEnumerable<string> secrets) =>
        _forms = [.. secrets.Where(s => s.Trim().Length >= ShortestSecret).SelectMany(FormsOf).Where(f => f.Length >= ShortestForm).Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];

    /// <summary>Hides nothing.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>A mask for what an environment holds: every variable whose name ends in <c>TOKEN</c>, <c>SECRET</c>, <c>PASSWORD</c> or <c>_KEY</c>, the password of every proxy, and what is named beside.</summary>
    /// <param name="environment">Name to value.</param>
    /// <param name="others">More secrets; absent ones are passed over.</param>
    public static SecretMask For(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string?> others)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var secrets = environment.Where(e => IsSecretName(e.Key)).Select(e => e.Value).ToList();
        secrets.AddRange(environment.Where(e => e.Key.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)).Select(e => PasswordOf(e.Value)));
        foreach (string? other in others)
        {
            if (other is not null)
                secrets.Add(other);
        }

        return new SecretMask(secrets);
    }

    /// <summary>The text without secrets.</summary>
    /// <param name="text">Any text.</param>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string form in _forms)
            text = text.Replace(form, Mark, StringComparison.Ordinal);
        return text;
    }

    internal static bool IsSecretName(string name) =>
        name.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase) || name.EndsWith("SECRET", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("PASSWORD", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_KEY", StringComparison.OrdinalIgnoreCase);

    private static string PasswordOf(string address)
    {
        string text = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? proxy) && proxy.UserInfo.Split(':', 2) is [_, var password] ? Uri.UnescapeDataString(password) : "";
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        string trimmed = secret.Trim();
        // A key of many lines shows in logs line by line.
        IEnumerable<string> lines = trimmed.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l.Length >= ShortestSecret);
        foreach (string value in lines.Append(trimmed).Append(secret).Distinct(StringComparer.Ordinal))
        {
            yield return value;
            yield return Uri.EscapeDataString(value);
            yield return System.Net.WebUtility.UrlEncode(value);
            yield return JavaScriptEncoder.Default.Encode(value);
            yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            yield return Convert.ToHexStringLower(bytes);
            yield return Convert.ToHexString(bytes);
            foreach (string encoded in Base64Of(bytes))
                yield return encoded;
        }
    }

    /// <summary>Base64 writes three bytes as four letters, so the middle of a secret shows in one of three ways, depending on what stands before it.</summary>
    private static IEnumerable<string> Base64Of(byte[] bytes)
    {
        yield return Convert.ToBase64String(bytes);
        yield return Convert.ToBase64String(bytes).TrimEnd('=');
        for (int shift = 0; shift < 3 && bytes.Length - shift >= 6; shift++)
        {
            string whole = Convert.ToBase64String(bytes, shift, (bytes.Length - shift) / 3 * 3);
            yield return whole;
            yield return whole.Replace('+', '-').Replace('/', '_');
        }
    }
}
