using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>What a stage sees of a parameter file.</summary>
internal static class ParamsValues
{
    /// <summary>The keys that are there, with their values; of a whole file, its top level.</summary>
    public static IReadOnlyList<KeyValuePair<string, DvcValue>> Current(ParamsDependency parameter, DvcValue root)
    {
        if (parameter.Keys.Count == 0)
            return root.Entries;
        var values = new List<KeyValuePair<string, DvcValue>>();
        foreach (string key in parameter.Keys)
        {
            if (ParamsFile.Find(root, key) is { } value)
                values.Add(KeyValuePair.Create(key, value));
        }

        return values;
    }
}
