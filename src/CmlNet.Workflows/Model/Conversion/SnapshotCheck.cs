using System.Globalization;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>A job's <c>snapshot</c>, as far as it is written out.</summary>
internal static class SnapshotCheck
{
    public static void Run(TemplateToken snapshot, ICollection<WorkflowError> errors)
    {
        foreach ((TemplateToken key, TemplateToken value) in (snapshot as MappingToken)?.Items ?? [])
        {
            switch (key.AsText())
            {
                case "if":
                    ConditionConverter.Convert(value, WorkflowSchema.SnapshotCondition, errors);
                    break;
                case "version" when value.AsText() is { } version && !IsMajorVersion(version):
                    errors.Add(new WorkflowError(snapshot.Location, $"Expected format '{{major-version}}.*' Actual '{version}'"));
                    return;
                case "version" or "image-name" when value.HasExpression():
                    return;
            }
        }
    }

    private static bool IsMajorVersion(string version) =>
        version.Split('.') is [var major, "*"] && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
