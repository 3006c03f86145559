using System.Text;
using System.Text.Unicode;

namespace CmlNet.Cli.Compatibility;

/// <summary>A report's bytes as text that every code host takes.</summary>
internal static class ReportText
{
    /// <summary>
    /// UTF-8, or UTF-16 where a mark at the start says so, as PowerShell writes it; without the mark. A NUL, which no code host stores,
    /// becomes U+FFFD, as CommonMark has it, and so does what is no character.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="isWhole">Whether every byte was part of a character.</param>
    public static string Decode(ReadOnlySpan<byte> content, out bool isWhole)
    {
        isWhole = true;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Storable(Encoding.Unicode.GetString(content[2..]));
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Storable(Encoding.BigEndianUnicode.GetString(content[2..]));
        isWhole = Utf8.IsValid(content);
        return Storable(Encoding.UTF8.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content));
    }

    public static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
