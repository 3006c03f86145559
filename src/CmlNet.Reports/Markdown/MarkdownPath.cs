using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Markdown;

/// <summary>Relative link targets, percent-encoded where Markdown or HTML would trip over the character.</summary>
internal static class MarkdownPath
{
    public static string Relative(string fromDirectory, string file)
    {
        string path = Path.GetRelativePath(fromDirectory, file).Replace('\\', '/');
        var built = new StringBuilder(path.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in path.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '/' or '.' or '-' or '_' or '~' or ',' or '+' or '=' or '@')
            {
                built.Append(rune.ToString());
                continue;
            }

            foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
                built.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return built.ToString();
    }
}
