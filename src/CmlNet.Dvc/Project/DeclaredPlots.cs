using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Project;

/// <summary>The plots that a <c>dvc.yaml</c> names, loops unrolled and templates filled in.</summary>
/// <param name="Outputs">Of its stages, relative to the project's root, each with its options.</param>
/// <param name="Top">The file's own list, relative to its folder; null when it has none.</param>
public sealed record DeclaredPlots(IReadOnlyList<KeyValuePair<string, DvcValue>> Outputs, DvcValue? Top)
{
    /// <param name="path">The <c>dvc.yaml</c>, relative to the project's root.</param>
    /// <param name="content">Its content.</param>
    /// <param name="read">Content of other files of the same revision; null when there is none.</param>
    /// <exception cref="DvcException">It is not valid, or a template cannot be filled in.</exception>
    public static DeclaredPlots Read(string path, byte[] content, Func<string, byte[]?> read)
    {
        (IReadOnlyList<Stage> stages, _, _, DvcValue top, _) = PipelineFile.ReadAll(path, content, new DvcConfig(), read);
        return new DeclaredPlots([.. stages.SelectMany(stage => stage.Outputs).Where(output => output.Kind == OutputKind.Plots).Select(output => KeyValuePair.Create(output.Path, DvcValue.Of(output.Annotations)))], top.Kind == DvcValueKind.Null ? null : top);
    }
}
