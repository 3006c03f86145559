using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Images for <c>runs-on</c> labels: what the user gave first, then what is built in.</summary>
internal sealed class ImageMap(IReadOnlyDictionary<string, string> given)
{
    /// <summary>Public images that carry what people expect of GitHub's own machines: bash, git, python3, node.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ubuntu-latest"] = "catthehacker/ubuntu:act-latest",
        ["ubuntu-24.04"] = "catthehacker/ubuntu:act-24.04",
        ["ubuntu-22.04"] = "catthehacker/ubuntu:act-22.04",
    };

    public IEnumerable<string> KnownLabels => given.Keys.Concat(BuiltIn.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    /// <summary>The first label that has an image decides, as the most particular ones are written by hand.</summary>
    public bool TryFind(IReadOnlyList<string> labels, [NotNullWhen(true)] out string? image, out string source)
    {
        foreach (string label in labels)
        {
            if (given.TryGetValue(label, out image))
            {
                source = $"given for '{label}'";
                return true;
            }
        }
        foreach (string label in labels)
        {
            if (BuiltIn.TryGetValue(label, out image))
            {
                source = $"default for '{label}'";
                return true;
            }
        }
        image = null;
        source = "";
        return false;
    }
}
