using System.Text;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>The ids of one scope: checks the given ones, makes up the missing ones (at most 100 characters, <c>_2</c>, <c>_3</c>… when taken).</summary>
internal sealed class IdentifierRegistry
{
    private const int MaxLength = 100;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null, or what is wrong with the id.</summary>
    public string? Add(string id)
    {
        if (id.Length is 0 or >= MaxLength || !(char.IsAsciiLetter(id[0]) || id[0] == '_') || !id.All(IsLegal))
            return $"The identifier '{id}' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. IDs must start with a letter or '_' and and must be less than {MaxLength} characters.";
        if (id.StartsWith("__", StringComparison.Ordinal))
            return $"The identifier '{id}' is invalid. IDs starting with '__' are reserved.";
        return _taken.Add(id) ? null : $"The identifier '{id}' may not be used more than once within the same scope.";
    }

    /// <summary>An id of the form <c>__name</c>.</summary>
    public string Generate(string name)
    {
        var original = new StringBuilder("__");
        foreach (char c in name)
            original.Append(IsLegal(c) ? c : '_');
        for (int attempt = 1; ; attempt++)
        {
            string suffix = attempt == 1 ? "" : $"_{attempt}";
            string candidate = original.ToString(0, Math.Min(original.Length, MaxLength - suffix.Length)) + suffix;
            if (_taken.Add(candidate))
                return candidate;
        }
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
