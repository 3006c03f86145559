using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>The forms in which a secret commonly reaches a log: the official runner's eleven, and the inner part of base64 inside longer text.</summary>
internal static class SecretEncodings
{
    /// <summary>Shorter base64 cores and PowerShell pieces would hide harmless text.</summary>
    private const int MinimumCoreLength = 8;
    private const int MinimumPieceLength = 6;

    /// <summary>The value itself first; forms that equal an earlier one are repeated.</summary>
    public static IEnumerable<string> Of(string value)
    {
        yield return value;
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        for (int shift = 0; shift < 3 && shift < bytes.Length; shift++)
        {
            foreach (string form in Base64(bytes.AsMemory(shift)))
                yield return form;
        }

        yield return value.Replace("\"", "\\\"", StringComparison.Ordinal);
        yield return value.Replace("'", "''", StringComparison.Ordinal);
        yield return JsonEscape(value);
        // Not the runner's, but what Python's json and .NET's System.Text.Json write.
        yield return JsonEscape(value, asciiOnly: true);
        yield return JsonEncodedText.Encode(value).ToString();
        yield return Uri.EscapeDataString(value);
        yield return SecurityElement.Escape(value);
        if (value.Length > 8 && value[0] == '"' && value[^1] == '"')
            yield return value[1..^1];
        foreach (string piece in PowerShellPieces(value))
            yield return piece;
    }

    private static IEnumerable<string> Base64(ReadOnlyMemory<byte> bytes)
    {
        string whole = Convert.ToBase64String(bytes.Span);
        yield return whole;

        // With other text after it the last, incomplete group comes out differently; what is left is all the secret's own.
        string core = whole[..(bytes.Length / 3 * 4)];
        if (core.Length >= MinimumCoreLength)
            yield return core;

        if (whole.AsSpan().ContainsAny('+', '/'))
        {
            yield return UrlSafe(whole.TrimEnd('='));
            if (core.Length >= MinimumCoreLength)
                yield return UrlSafe(core);
        }
    }

    private static string UrlSafe(string base64) => base64.Replace('+', '-').Replace('/', '_');

    /// <summary>Newtonsoft's default escapes, which the runner uses: quotes, backslashes, control characters and the Unicode line ends.</summary>
    private static string JsonEscape(string value, bool asciiOnly = false)
    {
        var text = new StringBuilder(value.Length);
        foreach (char character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or '\u0085' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                > '~' when asciiOnly => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }

    /// <summary>PowerShell reports a command it cannot run in two pieces, cut at an ampersand (at <c>&amp;+</c> one character is lost).</summary>
    private static IEnumerable<string> PowerShellPieces(string value)
    {
        int plus = value.IndexOf("&+", StringComparison.Ordinal);
        int last = value.LastIndexOf('&');
        if (last < 0)
            yield break;

        int end = plus >= 0 ? plus + 2 : last + 1;
        int start = Math.Min(value.Length, plus >= 0 ? plus + 3 : last + 1);
        if (end >= MinimumPieceLength)
            yield return value[..end];
        if (value.Length - start >= MinimumPieceLength)
            yield return value[start..];
    }
}
