using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>What the parts of one step's action leave one another: pre, main and post. The job itself is the outermost, as a composite action is one of its steps.</summary>
internal sealed class ActionParts
{
    private readonly Dictionary<string, ActionParts> _inner = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>It was settled at the job's start whether the pre part runs.</summary>
    public bool IsPreSettled { get; set; }

    /// <summary>The post part is registered: by pre or by main, whichever started first.</summary>
    public bool HasPost { get; set; }

    /// <summary>What the latest part was given.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the parts saved for one another (GITHUB_STATE).</summary>
    public Dictionary<string, string> Saved { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Of a composite action: its own <c>steps</c>.</summary>
    public ObjectValue Steps { get; } = [];

    /// <summary>Of a composite action: what its steps left to be done at the job's end.</summary>
    public List<PostStep> Posts { get; } = [];

    /// <summary>Those of a step inside this action. Its id is unique only there.</summary>
    public ActionParts Of(string stepId)
    {
        if (!_inner.TryGetValue(stepId, out ActionParts? parts))
            _inner[stepId] = parts = new ActionParts();
        return parts;
    }

    /// <summary>A part begins: it sees what earlier ones saved, and what it saves the later ones see.</summary>
    /// <param name="saved">What the part saves, as its step collects it.</param>
    public void Begin(Dictionary<string, string> saved)
    {
        foreach ((string name, string value) in Saved)
            saved.TryAdd(name, value);
        Saved = saved;
    }
}
