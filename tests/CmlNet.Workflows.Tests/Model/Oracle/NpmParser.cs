using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Workflows.Tests.Packages;

namespace CmlNet.Workflows.Tests.Model.Oracle;

/// <summary>GitHub's workflow parser for editors, <c>@actions/workflow-parser</c>.</summary>
internal static partial class NpmParser
{
    private const string Script = """
        import fs from 'fs';
        import { register } from 'module';
        import { pathToFileURL } from 'url';
        // The package imports JSON as bundlers have it.
        const hook = `import fs from 'fs';
          export const load = (url, context, next) => url.endsWith('.json')
            ? { format: 'module', shortCircuit: true, source: 'export default ' + fs.readFileSync(new URL(url), 'utf8') } : next(url, context);`;
        register('data:text/javascript,' + encodeURIComponent(hook));
        const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import(pathToFileURL(`${process.env.PACKAGES}/@actions/workflow-parser/dist/index.js`));
        for (const content of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
          const { context, value } = parseWorkflow({ name: 'w.yml', content }, new NoOperationTraceWriter());
          if (value) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
          console.log(JSON.stringify(context.errors.getErrors().map(error => error.message)));
        }
        """;

    /// <summary>What it says of each text.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ErrorsAsync(IReadOnlyList<string> texts)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(texts, ParserJson.Default.IReadOnlyListString));
        try
        {
            string output = await NpmPackages.Language.RunAsync(Script, file);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, ParserJson.Default.IReadOnlyListString)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    [JsonSerializable(typeof(IReadOnlyList<string>))]
    internal sealed partial class ParserJson : JsonSerializerContext;
}
