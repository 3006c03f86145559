using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>A pool's scale set: found or created, its runners registered and removed.</summary>
internal sealed class ScaleSetClient(ActionsConnection connection, string pool, IReadOnlyList<string> labels, string group, ILogger logger) : IRunnerRegistry
{
    private const string Root = "runtime/runnerscalesets";
    private const string Agents = "distributedtask/pools/0/agents";

    // The one group that needs no look-up (actions/scaleset, examples).
    private const int DefaultGroup = 1;

    private readonly Lock _gate = new();
    private Task<ScaleSet>? _ensuring;
    private int _scaleSetId;

    public int ScaleSetId => _scaleSetId;

    /// <summary>Of a pool that is no longer configured: no scale set is made for it.</summary>
    public bool IsRetired { get; init; }

    public ActionsConnection Connection => connection;

    /// <summary>The scale set of the pool's name in the group, created when it is not there; once for all who ask at the same time.</summary>
    public Task<ScaleSet> EnsureAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _ensuring = _ensuring is { IsCompleted: false } running ? running : FindOrCreateAsync(cancellationToken);
    }

    /// <summary>The scale set as it is; null when there is none. Nothing is created.</summary>
    public async Task<ScaleSet?> LookAsync(CancellationToken cancellationToken) => await FindAsync(await GroupAsync(cancellationToken), cancellationToken);

    private async Task<ScaleSet> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        int groupId = await GroupAsync(cancellationToken);
        ScaleSet? found = await FindAsync(groupId, cancellationToken);
        ScaleSet set = found ?? (IsRetired ? throw new GitHubException($"There is no scale set {pool} any more.") { Status = HttpStatusCode.NotFound } : await CreateAsync(groupId, cancellationToken));
        if (!IsRetired)
            CompareLabels([.. (set.Labels ?? []).Select(label => label.Name)], isOld: found is not null);
        _scaleSetId = set.Id;
        return set;
    }

    // GitHub takes labels only when a scale set is made (GARM, doc/scale-sets.md).
    private void CompareLabels(IReadOnlyList<string> own, bool isOld)
    {
        string[] missing = [.. labels.Except(own, StringComparer.OrdinalIgnoreCase)];
        bool isOther = missing.Length > 0 || own.Except(labels, StringComparer.OrdinalIgnoreCase).Any();
        if (isOld && isOther)
            JobLog.LabelsDiffer(logger, pool, string.Join(", ", own), string.Join(", ", labels));
        else if (missing.Length > 0)
            JobLog.LabelsDropped(logger, pool, string.Join(", ", missing));
    }

    public async Task<Session> OpenSessionAsync(string owner, CancellationToken cancellationToken) => (await connection.SendAsync(
        HttpMethod.Post, $"{Root}/{_scaleSetId}/sessions", JsonSerializer.SerializeToUtf8Bytes(new SessionRequest(Guid.Empty, owner), GitHubJson.Default.SessionRequest), $"open a session for {pool}", cancellationToken))
        .Read(GitHubJson.Default.Session, $"open a session for {pool}");

    public async Task<Session> RefreshSessionAsync(Guid session, CancellationToken cancellationToken) => (await connection.SendAsync(
        HttpMethod.Patch, $"{Root}/{_scaleSetId}/sessions/{session}", null, $"renew the session of {pool}", cancellationToken))
        .Read(GitHubJson.Default.Session, $"renew the session of {pool}");

    /// <summary>Ends a session; one that is gone is no error.</summary>
    public async Task CloseSessionAsync(Guid session, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(HttpMethod.Delete, $"{Root}/{_scaleSetId}/sessions/{session}", null, $"close the session of {pool}", cancellationToken);
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            // It ended before.
        }
    }

    /// <summary>Takes jobs that were offered. Returns those that are ours now.</summary>
    public async Task<IReadOnlyList<long>> AcquireAsync(IReadOnlyList<long> requestIds, string queueToken, CancellationToken cancellationToken) => (await connection.SendAsync(
        HttpMethod.Post, $"{Root}/{_scaleSetId}/acquirejobs", JsonSerializer.SerializeToUtf8Bytes(requestIds, GitHubJson.Default.IReadOnlyListInt64), $"acquire jobs for {pool}", cancellationToken, queueToken))
        .Read(GitHubJson.Default.AcquiredJobs, $"acquire jobs for {pool}").Value ?? [];

    public async Task<Registration> RegisterAsync(string name, IReadOnlyList<string> runnerLabels, CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        try
        {
            return await GenerateAsync(name, cancellationToken);
        }
        catch (GitHubException exception) when (exception.Is("AgentExistsException"))
        {
            // A repeated POST whose first attempt was carried out, or a leftover: the name is ours when the scale set is.
            Agent? taken = await FindAgentAsync(name, cancellationToken);
            if (taken is not null && (taken.ScaleSetId != _scaleSetId || !await RemoveAsync(taken.Id, cancellationToken)))
                throw;
            return await GenerateAsync(name, cancellationToken);
        }
    }

    public async Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(HttpMethod.Delete, $"{Agents}/{runnerId.ToString(CultureInfo.InvariantCulture)}", null, $"remove runner {runnerId}", cancellationToken);
            return true;
        }
        catch (GitHubException exception) when (exception.Is("JobStillRunningException"))
        {
            return false;
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.NotFound || exception.Is("AgentNotFoundException"))
        {
            return true;
        }
    }

    public async Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        return await FindAgentAsync(name, cancellationToken) is { } agent && agent.ScaleSetId == _scaleSetId
            ? new RegisteredRunner(agent.Id, agent.Name ?? name, agent.Status is null ? null : agent.Status == "online", agent.IsBusy)
            : null;
    }

    public async Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        AgentList found = (await connection.SendAsync(HttpMethod.Get, Agents, null, $"list the runners of {pool}", cancellationToken)).Read(GitHubJson.Default.AgentList, $"list the runners of {pool}");
        return [.. (found.Value ?? [])
            .Where(agent => agent.ScaleSetId == _scaleSetId && agent.Name?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .Select(agent => new RegisteredRunner(agent.Id, agent.Name!, agent.Status is null ? null : agent.Status == "online", agent.IsBusy))]; // just checked
    }

    // Cleaning up after a crash may come before listening.
    private async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (_scaleSetId == 0)
            await EnsureAsync(cancellationToken);
    }

    private async Task<Registration> GenerateAsync(string name, CancellationToken cancellationToken)
    {
        JitAnswer answer = (await connection.SendAsync(
            HttpMethod.Post, $"{Root}/{_scaleSetId}/generatejitconfig", JsonSerializer.SerializeToUtf8Bytes(new JitRequest(name, "_work"), GitHubJson.Default.JitRequest), $"register runner {name}", cancellationToken))
            .Read(GitHubJson.Default.JitAnswer, $"register runner {name}");
        return answer is { Runner.Id: > 0, Configuration.Length: > 0 }
            ? new Registration(answer.Runner.Id, answer.Configuration)
            : throw new GitHubException($"Tried to register runner {name}: the answer has no runner or no configuration.");
    }

    private async Task<Agent?> FindAgentAsync(string name, CancellationToken cancellationToken) => (await connection.SendAsync(
        HttpMethod.Get, $"{Agents}?agentName={Uri.EscapeDataString(name)}", null, $"look for runner {name}", cancellationToken))
        .Read(GitHubJson.Default.AgentList, $"look for runner {name}").Value?.FirstOrDefault(agent => agent.Name == name);

    private async Task<int> GroupAsync(CancellationToken cancellationToken)
    {
        if (group.Equals("default", StringComparison.OrdinalIgnoreCase))
            return DefaultGroup;
        RunnerGroupList found = (await connection.SendAsync(HttpMethod.Get, $"runtime/runnergroups/?groupName={Uri.EscapeDataString(group)}", null, $"look for the runner group {group}", cancellationToken))
            .Read(GitHubJson.Default.RunnerGroupList, $"look for the runner group {group}");
        return found.Value is [var only]
            ? only.Id
            : throw new GitHubException($"There is no runner group named '{group}' (found {found.Count}). Create it, or take 'runner-group' out of the configuration.") { Status = HttpStatusCode.NotFound };
    }

    private async Task<ScaleSet?> FindAsync(int groupId, CancellationToken cancellationToken)
    {
        ScaleSetList found = (await connection.SendAsync(HttpMethod.Get, $"{Root}?runnerGroupId={groupId}&name={Uri.EscapeDataString(pool)}", null, $"look for the scale set {pool}", cancellationToken))
            .Read(GitHubJson.Default.ScaleSetList, $"look for the scale set {pool}");
        return found.Value switch
        {
            null or [] => null,
            [var only] => only,
            _ => throw new GitHubException($"There are {found.Count} scale sets named '{pool}'. Delete all but one in the settings of the organization or repository."),
        };
    }

    private async Task<ScaleSet> CreateAsync(int groupId, CancellationToken cancellationToken)
    {
        var wanted = new NewScaleSet { Name = pool, RunnerGroupId = groupId, Labels = [.. labels.Select(label => new ScaleSetLabel(label))] };
        try
        {
            return (await connection.SendAsync(HttpMethod.Post, Root, JsonSerializer.SerializeToUtf8Bytes(wanted, GitHubJson.Default.NewScaleSet), $"create the scale set {pool}", cancellationToken))
                .Read(GitHubJson.Default.ScaleSet, $"create the scale set {pool}");
        }
        catch (GitHubException exception) when (exception.Is("RunnerScaleSetExistsException"))
        {
            // A repeated POST whose first attempt was carried out.
            return await FindAsync(groupId, cancellationToken) ?? throw new GitHubException($"{exception.Message} Yet it is not in the runner group of the configuration; choose another name for the pool.", exception);
        }
    }
}
