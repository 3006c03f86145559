namespace CmlNet.Workflows.Execution.Commands;

/// <summary>Where the commands of a step take effect. Called on the thread that processes the line, in order.</summary>
internal interface ICommandSink
{
    /// <summary>Keeps a finding; at most ten of a level per step arrive here.</summary>
    void Annotate(Annotation annotation);

    /// <summary>Stores a value. <paramref name="name"/> is empty for <see cref="CommandStore.Path"/>. Values are raw: they may hold secrets.</summary>
    void Store(CommandStore store, string name, string value);

    /// <summary>Returns null, or what is wrong with the file (the command then fails the step).</summary>
    string? ChangeMatchers(MatcherChange change);

    /// <summary>A command could not be carried out: the step's result becomes failure whatever its exit code. The log has been told.</summary>
    void Fail(string message);
}
