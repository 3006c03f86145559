using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CmlNet.Cli.Commands.Report;
using CmlNet.Reports;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Numbers;
using ReportGate = CmlNet.Reports.Gates.Gate;

namespace CmlNet.Cli.Commands.Gate;

/// <summary><c>cml gate</c>: one condition on one metric, for a step of a workflow.</summary>
internal static class GateCommand
{
    public static Command Build(CliHost host)
    {
        var metric = new Argument<string>("METRIC") { Description = "Name of the metric, nested keys joined by dots." };
        var files = new Option<string[]>("--metrics") { Description = "Metrics file (default: those found here).", HelpName = "FILE", DefaultValueFactory = _ => [] };
        Option<double?> min = Limit("--min", "Least value allowed."), max = Limit("--max", "Greatest value allowed.");
        Option<ChangeLimit?> drop = Change("--max-drop", "How far it may fall below the baseline: 0.01 or 1%."), rise = Change("--max-rise", "How far it may rise above the baseline: 0.01 or 1%.");
        Option<double?> significance = Limit("--significance", "A worsening counts only when its p is below this (needs predictions of the same rows on both sides).", 1), margin = Limit("--margin", "Non-inferiority: the 95 % interval of the change must stay above minus this.", double.MaxValue);
        var baseline = new Option<string?>("--baseline") { Description = "What to compare with: auto, none, a revision or a folder.", HelpName = "REV|DIR|auto|none" };
        var command = new Command("gate", "Fail (exit 1) when a metric misses a limit.") { metric, files, min, max, drop, rise, significance, margin, baseline };
        command.SetAction((parsed, cancellationToken) =>
        {
            var gate = new ReportGate
            {
                Name = parsed.GetRequiredValue(metric),
                Min = parsed.GetValue(min),
                Max = parsed.GetValue(max),
                MaxDrop = parsed.GetValue(drop),
                MaxRise = parsed.GetValue(rise),
                Significance = parsed.GetValue(significance),
                Margin = parsed.GetValue(margin),
            };
            if (gate.Min > gate.Max)
                throw new CliException(ExitCodes.Usage, "cml gate: --min is greater than --max, so that nothing could pass");
            return RunAsync(host, gate, parsed.GetValue(files) ?? [], parsed.GetValue(baseline), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, ReportGate gate, string[] files, string? baseline, CancellationToken cancellationToken)
    {
        ReportConfiguration? configuration = ReportInputs.Configuration(host, "cml gate", null, host.WorkingDirectory);
        var request = new ReportRequest
        {
            Directory = host.WorkingDirectory,
            WorkingDirectory = host.WorkingDirectory,
            Metrics = files,
            Configuration = configuration is null ? null : configuration with { Gates = [] },
            Gates = [gate],
            Baseline = ReportInputs.Baseline(host, baseline, configuration),
            Environment = host.Environment,
            ReadsProject = true, // metrics that only dvc.yaml names count, too
        };
        try
        {
            await BaselineFetch.RunAsync(host, "cml gate", request, cancellationToken);
            BuiltReport built = new ReportBuilder().Build(request, cancellationToken);
            foreach (ReportMessage message in built.Messages.Where(message => message.IsFailure))
                host.Error.WriteLine($"cml gate: {message.Text}");
            GateResult result = built.Facts.Gates[0];
            host.Out.WriteLine(new ReportMessage(Describe(result)).Text);
            // A drop that nothing can be compared with is no proof of anything: the step asked for a comparison and must not pass by accident.
            return result.Passed == true ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (ReportInputException e)
        {
            throw new CliException(ExitCodes.Usage, $"cml gate: {e.Message}", e);
        }
    }

    private static string Describe(GateResult result)
    {
        string value = result.Value is { } number ? " " + Number(number) : "";
        string baseline = result.Baseline is { } old && (result.Gate.MaxDrop ?? result.Gate.MaxRise) is not null ? $" (baseline {Number(old)})" : "";
        string verdict = result.Passed switch { true => "passed", false => "failed", _ => "not judged" };
        return $"{verdict}: {result.Gate.Title}{value}{baseline}, limit {result.Limit}{(result.Reason.Length > 0 ? ": " + result.Reason : "")}";
    }

    // All digits, since a limit may be missed by the last; whole numbers as they are written.
    private static string Number(double value) => Math.Floor(value) == value && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture) : ValueText.Float(value);

    // With a greatest value, from 0.
    private static Option<double?> Limit(string name, string description, double? greatest = null) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && (greatest is null || (value >= 0 && value <= greatest)))
                return value;
            return Refuse<double?>(result, name, greatest switch { null => "a number", 1 => "a number from 0 to 1", _ => "a number of at least 0" });
        },
    };

    private static Option<ChangeLimit?> Change(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X|X%",
        CustomParser = result => ChangeLimit.Parse(result.Tokens[0].Value) ?? Refuse<ChangeLimit?>(result, name, "a number of at least 0, or a percentage such as 1%"),
    };

    private static T? Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} must be {expected}, not '{result.Tokens[0].Value}'");
        return default;
    }
}
