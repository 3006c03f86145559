using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Tests.Packages;

namespace CmlNet.Workflows.Tests.Expressions.Oracle;

/// <summary>Our evaluator beside the one that GitHub publishes as <c>@actions/expressions</c>.</summary>
public sealed partial class NpmExpressionsTests
{
    private const string Script = """
        import fs from 'fs';
        import { pathToFileURL } from 'url';
        const { Lexer, Parser, Evaluator, ExpressionError, data } = await import(pathToFileURL(`${process.env.PACKAGES}/@actions/expressions/dist/index.js`));
        const kinds = { Dictionary: 'Object', CaseSensitiveDictionary: 'Object' };
        const plain = value => {
          if (value.kind === data.Kind.Array) return value.values().map(plain);
          if (value.kind === data.Kind.Null) return null;
          if (value.kind === data.Kind.Number) return Number.isFinite(value.value) ? value.value : String(value.value);
          return 'value' in value ? value.value : Object.fromEntries(value.pairs().map(pair => [pair.key, plain(pair.value)]));
        };
        const { contexts, expressions } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
        for (const expression of expressions) {
          let kind = 'Lexing', answer;
          try {
            const tokens = new Lexer(expression).lex().tokens;
            kind = 'Parsing';
            const tree = new Parser(tokens, Object.keys(contexts), []).parse();
            kind = 'Evaluation';
            const value = new Evaluator(tree, JSON.parse(JSON.stringify(contexts), data.reviver)).evaluate();
            const name = data.Kind[value.kind];
            answer = { isError: false, kind: kinds[name] ?? name, text: JSON.stringify(plain(value)) };
          } catch (e) {
            const place = e instanceof ExpressionError ? `. Located at position ${e.pos.column + 1} within expression: ${expression}` : '';
            answer = { isError: true, kind, text: e.message + place };
          }
          console.log(JSON.stringify(answer));
        }
        """;

    [SkippableFact]
    public async Task Evaluator_OnAGeneratedCorpus_DiffersFromThePackageOnlyWhereTheRunnerDoes()
    {
        IReadOnlyList<string> expressions = ExpressionCorpus.Build();
        IReadOnlyList<Answer> theirs = await AskPackageAsync(expressions);
        ExpressionScope scope = ExpressionEvaluatorTests.Scope(ExpressionCorpus.Contexts);
        var unexplained = new List<string>();
        var met = new HashSet<KnownDifference>();
        int same = 0;
        foreach ((string expression, Answer npm) in expressions.Zip(theirs))
        {
            Answer ours = Answer.Evaluate(expression, scope);
            if (ours.IsSame(npm))
                same++;
            else if (KnownDifference.All.FirstOrDefault(known => known.Explains(expression, npm, ours)) is { } known)
                met.Add(known);
            else
                unexplained.Add($"{expression}\n  package: {npm}\n  ours:    {ours}");
        }

        Assert.True(unexplained.Count == 0, $"{unexplained.Count} of {expressions.Count}:\n{string.Join('\n', unexplained.Take(20))}");
        Assert.Empty(KnownDifference.All.Except(met).Select(known => known.Reason));
        Assert.InRange(same, 2_000, expressions.Count);
    }

    private static async Task<IReadOnlyList<Answer>> AskPackageAsync(IReadOnlyList<string> expressions)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        using JsonDocument contexts = JsonDocument.Parse(ExpressionCorpus.Contexts);
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(new Questions(contexts.RootElement, expressions), QuestionsJson.Default.Questions));
        try
        {
            string output = await NpmPackages.Language.RunAsync(Script, file);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Answer.Read)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal sealed record Questions(JsonElement Contexts, IReadOnlyList<string> Expressions);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Questions))]
    internal sealed partial class QuestionsJson : JsonSerializerContext;
}
