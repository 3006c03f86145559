using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Caching;

/// <summary><c>actions/cache</c>, <c>/restore</c> and <c>/save</c> on this machine's disk. The plain one saves at the job's end, if it succeeded and the key had no entry.</summary>
/// <param name="name">Which of the three.</param>
/// <param name="restores">It looks for an entry now.</param>
/// <param name="saves">It stores one: now, or after a restore at the job's end.</param>
internal sealed class CacheAction(string name, bool restores, bool saves) : IBuiltInAction
{
    private const string Local = "entries are kept on this machine";

    public string Name => name;

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("path"), new("key"),
        .. restores ? new BuiltInInput[] { new("restore-keys"), new("fail-on-cache-miss"), new("lookup-only") } : [],
        .. saves ? new BuiltInInput[] { new("upload-chunk-size") { Idle = Local } } : [],
        .. restores && saves ? new BuiltInInput[] { new("save-always") { Default = "false", Idle = "it does nothing in the real action, either; use actions/cache/save with if: always()" } } : [],
        new("enableCrossOsArchive") { Default = "false", Idle = Local },
    ];

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var request = new CacheRequest(invocation, new ActionInputs(invocation, this));
        if (!restores)
        {
            await CacheArchiver.SaveAsync(invocation, request, cancellationToken);
            return 0;
        }
        bool hit = await RestoreAsync(invocation, request, cancellationToken);
        if (saves && !hit)
            invocation.AddPost("success()", new CachePost(request));
        return 0;
    }

    /// <returns>There was an entry for the key itself.</returns>
    private static async Task<bool> RestoreAsync(StepInvocation invocation, CacheRequest request, CancellationToken cancellationToken)
    {
        invocation.Outputs.Set("cache-primary-key", request.Key);
        (string Key, string Archive)? found = request.Store.Find(request.RestoreKeys.Prepend(request.Key));
        if (found is not { } entry || !(request.LooksOnly || await CacheArchiver.RestoreAsync(invocation, request, entry.Archive, cancellationToken)))
        {
            if (request.FailsOnMiss)
                throw new StepFailedException($"Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: {request.Key}");
            invocation.Log.Write($"Cache not found for input keys: {string.Join(", ", request.RestoreKeys.Prepend(request.Key))}");
            return false;
        }
        bool exact = entry.Key == request.Key;
        invocation.Outputs.Set("cache-hit", exact ? "true" : "false");
        invocation.Outputs.Set("cache-matched-key", entry.Key);
        invocation.Log.Write($"{(request.LooksOnly ? "Cache found and can be restored" : "Cache restored")} from key: {entry.Key} ({Sizes.Text(new FileInfo(entry.Archive).Length)})");
        return exact;
    }
}
