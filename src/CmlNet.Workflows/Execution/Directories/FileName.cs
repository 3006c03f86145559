using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>File names from names that people gave.</summary>
internal static class FileName
{
    private const int MaximumLength = 60;

    /// <summary>As <see cref="From"/>; where something had to be changed, a hash keeps two names from becoming one.</summary>
    public static string Unique(string name) => From(name) is var file && file == name ? file : $"{file}-{HashOf(name)}";

    public static string From(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
                text.Append(c);
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        }
        string result = text.ToString().Trim('-', '.');
        // Cut, two names could become one.
        if (result.Length > MaximumLength)
            result = $"{result[..(MaximumLength - 9)]}-{HashOf(name)}";
        return result.Length == 0 ? "unnamed" : result;
    }

    private static string HashOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
}
