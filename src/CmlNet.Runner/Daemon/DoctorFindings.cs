using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Daemon;

/// <summary>What the doctor has found so far.</summary>
internal sealed class DoctorFindings
{
    private readonly List<DoctorFinding> _all = [];

    public IReadOnlyList<DoctorFinding> All => _all;

    public void Add(string name, bool isGood, string text) => _all.Add(new DoctorFinding(name, isGood, text));

    public void Add(DoctorFinding finding) => _all.Add(finding);

    /// <summary>Looks at one thing; null, and a finding, when it is not well.</summary>
    public async Task<T?> ExamineAsync<T>(string name, Func<Task<(T Result, string Text)>> examine)
        where T : class
    {
        try
        {
            (T result, string text) = await examine();
            Add(name, true, text);
            return result;
        }
        catch (Exception exception) when (exception is EngineException or GitHubException or RunnerConfigurationException or GpuProbeException)
        {
            Add(name, false, exception.Message);
            return null;
        }
    }
}
