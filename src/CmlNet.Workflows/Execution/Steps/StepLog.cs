using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>A step's log: the file in the run directory and the observer. Every line is masked before it goes anywhere.</summary>
internal sealed class StepLog : IAsyncDisposable
{
    private readonly StreamWriter _file;
    private readonly SecretMasker _masker;
    private readonly IRunObserver _observer;
    private readonly string _job;
    private readonly int _number;

    public StepLog(RunContext run, string job, int number, string relativePath)
    {
        _masker = run.Masker;
        _observer = run.Observer;
        _job = job;
        _number = number;
        RelativePath = relativePath;
        string path = Path.Combine(run.Directory.Path, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A new file: one that is cut to nothing first, ext4 writes to the disk as it is closed, and the next step would wait for that.
        _file = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read)) { NewLine = "\n" };
    }

    /// <summary>Path from the run directory.</summary>
    public string RelativePath { get; }

    /// <summary>Why the file lacks lines that the observer got; null when it does not.</summary>
    public string? Problem { get; private set; }

    public void Write(string line)
    {
        string masked = _masker.Mask(line);
        Try(() => _file.WriteLine(masked));
        _observer.On(new StepOutput(_job, _number, masked));
    }

    /// <summary>After this, <see cref="Problem"/> is known.</summary>
    public void Flush() => Try(_file.Flush);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _file.DisposeAsync();
        }
        catch (IOException e)
        {
            Problem ??= e.Message;
        }
    }

    // The step itself has nothing to do with it: it goes on, and its output is still shown.
    private void Try(Action write)
    {
        if (Problem is not null)
            return;
        try
        {
            write();
        }
        catch (IOException e)
        {
            Problem = e.Message;
        }
    }
}
