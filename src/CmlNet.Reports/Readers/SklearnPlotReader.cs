using CmlNet.Reports.Plots;

namespace CmlNet.Reports.Readers;

/// <summary>
/// The plots of scikit-learn that DVCLive leaves in <c>plots/sklearn</c>: rows of <c>fpr, tpr</c>, of <c>precision, recall</c>, of <c>fpr, fnr</c>,
/// of <c>prob_true, prob_pred</c>, or of <c>actual, predicted</c> (<c>dvclive/plots/sklearn.py</c>).
/// </summary>
internal sealed class SklearnPlotReader : IArtifactReader
{
    public const string ReaderName = "plots";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => file.Suffix == ".json" && file.FullPath.Contains("/plots/sklearn/", StringComparison.Ordinal);

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = TreeRows.Read(file).Header.Names;
        bool Has(params string[] columns) => columns.All(column => names.Contains(column, StringComparer.Ordinal));
        var plot = new SklearnPlotArtifact { Path = file.Path, File = file, PlotKind = "linear", Title = "" };
        return names switch
        {
            _ when Has("actual", "predicted") => plot with { PlotKind = "confusion", Title = "Confusion matrix" },
            _ when Has("fpr", "tpr") => plot with { PlotKind = "roc", Title = "ROC" },
            _ when Has("precision", "recall") => plot with { PlotKind = "pr", Title = "Precision by recall" },
            _ when Has("fpr", "fnr") => plot with { Title = "Detection error tradeoff", X = "fpr", Y = "fnr" },
            _ when Has("prob_pred", "prob_true") => plot with { PlotKind = "calibration", Title = "Calibration" },
            _ => throw new ArtifactException($"holds no plot of scikit-learn that is known (confusion matrix, ROC, precision-recall, DET, calibration). Columns: {string.Join(", ", names.Take(30))}"),
        };
    }
}
