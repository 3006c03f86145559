using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Tests.Packages;

namespace CmlNet.Workflows.Tests.Actions.Results;

/// <summary>GitHub's own clients, in a JavaScript action, against our artifact and cache services.</summary>
public sealed class ResultsClientTests
{
    private const string Artifacts = """
        const fs = require('fs'), crypto = require('crypto');
        const { DefaultArtifactClient } = require(`${process.env.PACKAGES}/@actions/artifact`);
        (async () => {
          const client = new DefaultArtifactClient();
          const large = crypto.randomBytes(20_000_000);
          fs.mkdirSync('out/deep', { recursive: true });
          fs.writeFileSync('out/a.txt', 'first');
          fs.writeFileSync('out/deep/b.bin', large);
          const up = await client.uploadArtifact('model', ['out/a.txt', 'out/deep/b.bin'], 'out');
          const { artifacts } = await client.listArtifacts();
          console.log('listed', artifacts.map(a => `${a.name}:${a.size}`).sort().join(' '));
          const { artifact } = await client.getArtifact('model');
          console.log('same id', artifact.id === up.id);
          await client.downloadArtifact(artifact.id, { path: 'got' });
          console.log('got', fs.readFileSync('got/a.txt', 'utf8'), fs.readFileSync('got/deep/b.bin').equals(large));
          const other = await client.getArtifact('plain');
          await client.downloadArtifact(other.artifact.id, { path: 'plain' });
          console.log('plain', fs.readFileSync('plain/plain.txt', 'utf8').trim());
          await client.uploadArtifact('model', ['out/a.txt'], 'out').catch(e => console.log('again:', e.message));
          await client.uploadArtifact('gone', ['out/a.txt'], 'out');
          await client.deleteArtifact('gone');
          await client.getArtifact('gone').catch(e => console.log('deleted:', e.message.split('\n')[0]));
        })().catch(e => { console.log('FAILED', e.stack); process.exit(1); });
        """;

    private const string Caches = """
        const fs = require('fs'), crypto = require('crypto');
        const cache = require(`${process.env.PACKAGES}/@actions/cache`);
        (async () => {
          const data = crypto.randomBytes(3_000_000);
          fs.mkdirSync('stuff', { recursive: true });
          fs.writeFileSync('stuff/data', data);
          console.log('miss', await cache.restoreCache(['stuff'], 'lock-2', ['lock-']));
          console.log('saved', await cache.saveCache(['stuff'], 'lock-1') > 0);
          console.log('again', await cache.saveCache(['stuff'], 'lock-1'));
          fs.rmSync('stuff', { recursive: true });
          console.log('hit', await cache.restoreCache(['stuff'], 'lock-2', ['lock-']), fs.readFileSync('stuff/data').equals(data));
          console.log('exact', await cache.restoreCache(['stuff'], 'lock-1', undefined, { lookupOnly: true }));
          console.log('token', process.env.ACTIONS_RUNTIME_TOKEN);
        })().catch(e => { console.log('FAILED', e.stack); process.exit(1); });
        """;

    [SkippableFact]
    public async Task ArtifactClient_UploadsListsDownloadsAndDeletes_TheArtifactsOfTheBuiltInActions()
    {
        string packages = await NpmPackages.Clients.RequireAsync();
        using var run = new ActionRun(
            ActionRun.OneJob($$"""
                - run: echo from the built-in > plain.txt
                - uses: actions/upload-artifact@v4
                  with: { name: plain, path: plain.txt }
                - uses: ./js
                  env: { PACKAGES: '{{packages}}' }
                - uses: actions/download-artifact@v4
                  with: { name: model, path: again }
                - run: cmp again/deep/b.bin out/deep/b.bin && test "$(cat again/a.txt)" = first && test -z "$ACTIONS_RUNTIME_TOKEN"
                """),
            ("js/action.yml", "runs: { using: node20, main: main.js }"), ("js/main.js", Artifacts));
        RunRecord record = await run.RunAsync("process");
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run ./js");
        foreach (string line in new[] { "listed model:20000005 plain:18", "same id true", "got first true", "plain from the built-in", "deleted: Artifact not found for name: gone" })
            Assert.Contains($"\n{line}\n", "\n" + log, StringComparison.Ordinal);
        Assert.Contains("again: Failed to CreateArtifact: Received non-retryable error: Failed request: (409)", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task CacheClient_SavesAndRestoresByKeyAndPrefix_AlsoInTheNextRun()
    {
        string packages = await NpmPackages.Clients.RequireAsync();
        using var run = new ActionRun(
            ActionRun.OneJob($$"""
                - uses: ./js
                  env: { PACKAGES: '{{packages}}' }
                """),
            ("js/action.yml", "runs: { using: node20, main: main.js }"), ("js/main.js", Caches));
        RunRecord record = await run.RunAsync("process");
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run ./js");
        foreach (string line in new[] { "miss undefined", "saved true", "again -1", "hit lock-1 true", "exact lock-1", "token ***" })
            Assert.Contains($"\n{line}\n", "\n" + log, StringComparison.Ordinal);

        record = await run.RunAsync("process");
        Assert.Contains("\nmiss lock-1\n", "\n" + run.Log(record, "Run ./js"), StringComparison.Ordinal);
    }
}
