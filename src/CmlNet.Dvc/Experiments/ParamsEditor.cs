using System.Text;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;
using CmlNet.Dvc.Values.Editing;

namespace CmlNet.Dvc.Experiments;

/// <summary>Changes a value in the text of a parameter file. All else stays as the user wrote it wherever that can be done.</summary>
internal static class ParamsEditor
{
    /// <param name="file">Its name: the suffix says what it is.</param>
    /// <param name="text">Its content.</param>
    /// <param name="path">Keys from the root on.</param>
    /// <param name="value">Null takes the key out.</param>
    /// <param name="changed">What the whole file is to say then.</param>
    /// <exception cref="DvcException">A TOML or Python file in which it cannot be done.</exception>
    public static string Set(string file, string text, IReadOnlyList<string> path, DvcValue? value, DvcValue changed)
    {
        bool isJson = HasSuffix(file, ".json"), isPython = HasSuffix(file, ".py");
        if (isPython || HasSuffix(file, ".toml"))
        {
            string? edited = LiteralEdit.Set(text, path, value, isPython);
            return edited is not null && Says(file, edited, changed)
                ? edited
                : throw new DvcException($"-S cannot {(value is null ? "take" : "change")} '{string.Join('.', path)}' {(value is null ? "out of" : "in")} '{file}' without touching the rest of it; change it by hand, or keep parameters in YAML");
        }

        string? kept = YamlEdit.Set(text, path, value, isJson);
        if (kept is not null && (Says(file, kept, changed) || (value is not null && HasAnchors(text) && HasValue(file, kept, path, value))))
            return kept;
        return isJson ? IndentedJson.Write(changed) : YamlPatch.Apply(text, YamlText.Write(changed));
    }

    private static bool HasSuffix(string file, string suffix) => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private static bool Says(string file, string text, DvcValue expected) => Read(file, text) is { } value && IsSame(value, expected);

    // What an alias stands for changes with it.
    private static bool HasValue(string file, string text, IReadOnlyList<string> path, DvcValue expected)
    {
        DvcValue? value = Read(file, text);
        foreach (string key in path)
            value = value?.Find(key);
        return value is not null && IsSame(value, expected);
    }

    private static bool HasAnchors(string text) => text.Contains('&', StringComparison.Ordinal) && text.Contains('*', StringComparison.Ordinal);

    private static bool IsSame(DvcValue one, DvcValue other) => PythonText.Json(one, sortKeys: true) == PythonText.Json(other, sortKeys: true);

    private static DvcValue? Read(string file, string text)
    {
        try
        {
            return ParamsFile.Read(file, Encoding.UTF8.GetBytes(text));
        }
        catch (DvcException)
        {
            return null; // the change broke it: it is made another way
        }
    }
}
