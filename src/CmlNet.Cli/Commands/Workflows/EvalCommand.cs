using System.CommandLine;
using System.Text.Json;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary><c>cml workflow eval</c>: one JSON object a line in, one a line out.</summary>
internal static class EvalCommand
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 512 };

    public static Command Build(CliHost host)
    {
        var environment = new Option<string[]>("--env") { Description = "NAME=VALUE for the env context; may be repeated.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("eval", "Evaluate expressions: reads {\"id\", \"expr\", \"contexts\"} objects, one a line, and answers each with a line.") { environment };
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(host, parsed.GetValue(environment) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        foreach (string pair in environment.Where(pair => pair.IndexOf('=', StringComparison.Ordinal) <= 0))
            throw new CliException(ExitCodes.Usage, $"--env takes NAME=VALUE, not '{pair}'");
        int number = 0;
        int exitCode = ExitCodes.Success;
        while (await host.In.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (line.Trim().Length == 0)
                continue;
            try
            {
                await host.Out.WriteLineAsync(Answer(line, number, environment).AsMemory(), cancellationToken);
            }
            catch (Exception e) when (e is CliException or InvalidOperationException)
            {
                // The other lines are answered all the same.
                string problem = e is CliException ? e.Message : $"line {number} of the input: {e.Message}";
                await host.Error.WriteLineAsync(problem.AsMemory(), cancellationToken);
                exitCode = ExitCodes.Usage;
            }
        }

        return exitCode;
    }

    private static string Answer(string line, int number, IReadOnlyList<string> environment)
    {
        using JsonDocument request = Read(line, number);
        JsonElement root = request.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("expr", out JsonElement expression) || expression.ValueKind != JsonValueKind.String)
            throw new CliException(ExitCodes.Usage, $"line {number} of the input: an object with a string \"expr\" was expected");
        ExpressionScope scope = new() { Contexts = ReadContexts(root, number, environment) };
        return JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            if (root.TryGetProperty("id", out JsonElement id))
                id.WriteTo(writer);
            else
                writer.WriteNullValue();
            WriteOutcome(writer, expression.GetString() ?? "", scope);
            writer.WriteEndObject();
        });
    }

    private static JsonDocument Read(string line, int number)
    {
        try
        {
            return JsonDocument.Parse(line, Lenient);
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCodes.Usage, $"line {number} of the input is not JSON: {e.Message}", e);
        }
    }

    private static Dictionary<string, ExpressionValue> ReadContexts(JsonElement request, int number, IReadOnlyList<string> environment)
    {
        var contexts = new Dictionary<string, ExpressionValue>(StringComparer.OrdinalIgnoreCase);
        if (request.TryGetProperty("contexts", out JsonElement given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Object)
                throw new CliException(ExitCodes.Usage, $"line {number} of the input: \"contexts\" must be an object or null");
            foreach (JsonProperty context in given.EnumerateObject())
                contexts[context.Name] = JsonConversion.FromElement(context.Value);
        }

        if (environment.Count > 0)
        {
            ObjectValue env = contexts.GetValueOrDefault("env") as ObjectValue ?? new ObjectValue();
            foreach (string[] pair in environment.Select(pair => pair.Split('=', 2)))
                env.Add(pair[0], pair[1]);
            contexts["env"] = env;
        }

        return contexts;
    }

    private static void WriteOutcome(Utf8JsonWriter writer, string expression, ExpressionScope scope)
    {
        try
        {
            ExpressionValue value = ExpressionEvaluator.Evaluate(expression, scope);
            writer.WriteString("kind", value.Kind.ToString());
            writer.WritePropertyName("value");
            JsonConversion.Write(writer, value);
        }
        catch (ExpressionException e)
        {
            writer.WriteStartObject("error");
            writer.WriteString("kind", e.Kind.ToString().ToLowerInvariant());
            writer.WriteString("message", e.Message);
            writer.WriteEndObject();
        }
    }
}
