using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Lineage;

/// <summary>What a <c>dvc.lock</c> says was run, on what, and what came of it.</summary>
/// <param name="Files">Each once; an output that is the next stage's input counts as output.</param>
/// <param name="Commands">By stage.</param>
internal sealed record DvcLock(IReadOnlyList<LineageFile> Files, IReadOnlyList<KeyValuePair<string, string>> Commands)
{
    private static readonly string[] Hashes = ["md5", "etag", "checksum"];

    /// <summary>Empty for a text that is no lock: whoever runs DVC is told.</summary>
    public static DvcLock Read(string text)
    {
        try
        {
            DvcValue tree = YamlValueReader.Read(text);
            IReadOnlyList<KeyValuePair<string, DvcValue>> stages = (tree.Find("stages") ?? tree).Entries;
            var files = new OrderedDictionary<string, LineageFile>(StringComparer.Ordinal);
            foreach (LineageFile file in stages.SelectMany(stage => Items(stage.Value, "deps", "input").Concat(Items(stage.Value, "outs", "output"))))
            {
                if (file.Role == "output" || !files.ContainsKey(file.Path))
                    files[file.Path] = file;
            }

            return new DvcLock([.. files.Values], [.. stages.Where(stage => stage.Value.Find("cmd") is not null).Select(stage => KeyValuePair.Create(stage.Key, Command(stage.Value.Find("cmd")!)))]); // filtered
        }
        catch (DvcFormatException)
        {
            return new DvcLock([], []);
        }
    }

    private static IEnumerable<LineageFile> Items(DvcValue stage, string key, string role)
    {
        foreach (DvcValue item in stage.Find(key)?.Items ?? [])
        {
            if (item.Find("path") is { } path && Hashes.FirstOrDefault(name => item.Find(name) is not null) is { } hash)
                yield return new LineageFile(path.Text, role, $"{hash}:{Numbers.ValueText.Of(item.Find(hash)!)}", item.Find("size") is { IsNumeric: true } size ? (long)size.AsDouble : null); // found above
        }
    }

    private static string Command(DvcValue command) => command.Kind == DvcValueKind.List ? string.Join(" && ", command.Items.Select(item => item.Text)) : command.Text;
}
