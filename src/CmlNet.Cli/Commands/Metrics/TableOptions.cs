using System.CommandLine;
using System.CommandLine.Parsing;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary>The options that the table commands share, DVC's older spellings among them.</summary>
internal sealed class TableOptions
{
    public Option<bool> Markdown { get; } = new("--md", "--show-md") { Description = "A Markdown table." };

    public Option<bool> Json { get; } = new("--json", "--show-json") { Description = "JSON, in DVC's shape." };

    public Option<bool> Csv { get; } = new("--csv") { Description = "CSV." };

    public Option<string[]> Targets { get; } = new("--targets", "--target") { Description = "Files (default: those of dvc.yaml, else those with usual names).", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    public Option<int?> Precision { get; } = new("--precision") { Description = "Decimals to round to (default: 5 for metrics, none for parameters).", HelpName = "N" };

    public TableOptions() => Precision.Validators.Add(Check);

    private void Check(OptionResult result)
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int decimals) && decimals is >= 0 and <= 17))
            result.AddError($"--precision must be a whole number from 0 to 17, not '{token.Value}'");
    }

    private IEnumerable<Option> All => [Markdown, Json, Csv, Targets, Precision];

    public void AddTo(Command command, Option? own = null)
    {
        foreach (Option option in own is null ? All : All.Prepend(own))
            command.Add(option);
    }
}
