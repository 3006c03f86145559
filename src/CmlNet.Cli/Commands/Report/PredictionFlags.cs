using System.CommandLine;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Predictions;

namespace CmlNet.Cli.Commands.Report;

/// <summary>What a predictions file holds beside the labels, said on the command line.</summary>
internal sealed class PredictionFlags
{
    private readonly Option<string?> _probability = new("--probability") { Description = "Column with the positive class's probability, or a pattern such as proba_* with one column per class (default: usual names).", HelpName = "COL" };
    private readonly Option<string?> _positive = new("--positive") { Description = "The positive class of two (default: the last label).", HelpName = "LABEL" };
    private readonly Option<string> _normalize = new("--normalize") { Description = "What the percentages of the confusion matrix are of: each actual class (row), each predicted class (column) or all rows.", DefaultValueFactory = _ => ConfusionShareNames.All[0] };
    private readonly Option<string[]> _slices = new("--slice") { Description = "Column whose values cut the rows into slices.", HelpName = "COL", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _id = new("--id") { Description = "Column that names the row, the same in the baseline's file (default: id, row_id, …).", HelpName = "COL" };

    private readonly Option<string?> _weight = new("--weight") { Description = "Column with the weight of the row, a number from 0 (default: every row counts as one).", HelpName = "COL" };

    public PredictionFlags() => _normalize.AcceptOnlyFromAmong([.. ConfusionShareNames.All]);

    public void AddTo(Command command)
    {
        command.Add(_probability);
        command.Add(_positive);
        command.Add(_normalize);
        command.Add(_slices);
        command.Add(_id);
        command.Add(_weight);
    }

    public PredictionOptions Read(ParseResult parsed) => new()
    {
        Probability = parsed.GetValue(_probability),
        Positive = parsed.GetValue(_positive),
        Share = ConfusionShareNames.Of(parsed.GetValue(_normalize)),
        Slices = parsed.GetValue(_slices) ?? [],
        Id = parsed.GetValue(_id),
        Weight = parsed.GetValue(_weight),
    };
}
