using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;
using CmlNet.Publishing.Diagnosis;

namespace CmlNet.Cli.Commands.Doctor;

/// <summary><c>cml doctor</c>: host, token, permissions, pull request, image store and limits as publishing would find them. Ends with 1 where something would fail.</summary>
internal static partial class DoctorCommand
{
    public static Command Build(CliHost host)
    {
        OptionGroup options = new OptionGroup("CML_DOCTOR_").Flag("json", "Print one JSON object for each finding")
            .Flag("dry-run", "Nothing is changed anyway", isHidden: true)
            .Text("publish-url", "Address of an asset server")
            .Text("assets", "Where published files would go", "auto");
        return DropInCommand.Complete(new Command("doctor", "Look at what publishing depends on, and change nothing"), options, host, RunAsync);
    }

    private static async Task RunAsync(DropInContext context, CancellationToken cancellationToken)
    {
        string? assetServer = context.Values.Text("publish-url") ?? context.Host.Environment.GetValueOrDefault("CML_ASSET_URL");
        using PublishingServices services = context.OpenServices(assetServer, assetStore: context.Values.Text("assets"));
        int failures = 0;
        await foreach (Finding finding in services.OpenDoctor().ExamineAsync(cancellationToken))
        {
            failures += finding.Level == FindingLevel.Failure ? 1 : 0;
            await context.Host.Out.WriteLineAsync(context.Mask.Apply(context.Values.Flag("json") ? Json(finding) : $"{Word(finding.Level),-5} {finding.Subject + ":",-13} {finding.Text}"));
        }

        if (failures > 0)
            throw new CliException(ExitCodes.Failure, failures == 1 ? "one thing would fail" : $"{failures} things would fail");
    }

    private static string Word(FindingLevel level) => level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warn", _ => "fail" };

    private static string Json(Finding finding) => JsonSerializer.Serialize(new FindingLine(Word(finding.Level), finding.Subject, finding.Text), DoctorJson.Default.FindingLine);

    private sealed record FindingLine(string Level, string Subject, string Text);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(FindingLine))]
    private sealed partial class DoctorJson : JsonSerializerContext;
}
