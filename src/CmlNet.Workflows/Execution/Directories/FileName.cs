using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>File names from names that people gave.</summary>
internal static class FileName
{
    private const int MaximumLength = 60;

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
            result = $"{result[..(MaximumLength - 9)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
        return result.Length == 0 ? "unnamed" : result;
    }
}
