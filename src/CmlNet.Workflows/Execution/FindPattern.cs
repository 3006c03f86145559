using System.Text;

namespace CmlNet.Workflows.Execution;

/// <summary>Patterns of <c>find -path</c>.</summary>
internal static class FindPattern
{
    /// <summary>A pattern that matches this path alone.</summary>
    public static string Escape(string path)
    {
        var pattern = new StringBuilder(path.Length);
        foreach (char c in path)
        {
            if (c is '*' or '?' or '[' or ']' or '\\')
                pattern.Append('\\');
            pattern.Append(c);
        }
        return pattern.ToString();
    }
}
