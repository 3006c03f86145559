using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Which stage needs which: one reads something that the other makes, or lies inside, or has inside.</summary>
public sealed class StageGraph
{
    private readonly Dictionary<Stage, List<Stage>> _producers = [];
    private readonly Dictionary<Stage, List<Stage>> _consumers = [];

    /// <exception cref="DvcException">Stages need each other in a circle.</exception>
    public StageGraph(IReadOnlyList<Stage> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        Stages = stages;
        var exact = new Dictionary<string, Stage>(StringComparer.Ordinal);
        var below = new Dictionary<string, List<Stage>>(StringComparer.Ordinal);
        foreach (Stage stage in stages)
        {
            (_producers[stage], _consumers[stage]) = ([], []);
            foreach (Output output in stage.Outputs)
            {
                exact.TryAdd(output.Path, stage);
                for (string folder = RelativePath.Folder(output.Path); folder.Length > 0; folder = RelativePath.Folder(folder))
                {
                    if (!below.TryGetValue(folder, out List<Stage>? inside))
                        below[folder] = inside = [];
                    inside.Add(stage);
                }
            }
        }

        foreach (Stage stage in stages)
        {
            foreach (string path in stage.Dependencies.Where(dependency => !dependency.IsImport).Select(dependency => dependency.Path).Concat(stage.Params.Select(parameter => parameter.Path)))
            {
                for (string at = path; at.Length > 0; at = RelativePath.Folder(at))
                {
                    if (exact.TryGetValue(at, out Stage? producer))
                        Connect(stage, producer);
                }

                foreach (Stage inside in below.GetValueOrDefault(path, []))
                    Connect(stage, inside);
            }
        }

        CheckCircles();
    }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The stages whose outputs a stage reads.</summary>
    public IReadOnlyList<Stage> Producers(Stage stage) => _producers[stage];

    /// <summary>The stages that read a stage's outputs.</summary>
    public IReadOnlyList<Stage> Consumers(Stage stage) => _consumers[stage];

    /// <summary>The stages and all they need, each after what it needs. A frozen stage needs nothing.</summary>
    public IReadOnlyList<Stage> Upstream(IEnumerable<Stage> targets) => Order(targets, stage => stage is { IsFrozen: true, Name: not null } ? [] : _producers[stage]);

    /// <summary>The stages and all that need them, each after what it needs.</summary>
    public IReadOnlyList<Stage> Downstream(IEnumerable<Stage> targets) => [.. Order(targets, stage => _consumers[stage]).AsEnumerable().Reverse()];

    /// <summary>Everything connected with the stages, each after what it needs.</summary>
    public IReadOnlyList<Stage> Pipeline(IEnumerable<Stage> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var found = new HashSet<Stage>(targets);
        var pending = new Queue<Stage>(found);
        while (pending.TryDequeue(out Stage? stage))
        {
            foreach (Stage other in _producers[stage].Concat(_consumers[stage]).Where(found.Add))
                pending.Enqueue(other);
        }

        return [.. Order(Stages, stage => _producers[stage]).Where(found.Contains)];
    }

    private static List<Stage> Order(IEnumerable<Stage> targets, Func<Stage, IEnumerable<Stage>> next)
    {
        var done = new HashSet<Stage>();
        var ordered = new List<Stage>();
        var pending = new Stack<(Stage Stage, bool IsExpanded)>();
        foreach (Stage target in targets)
        {
            pending.Push((target, false));
            while (pending.TryPop(out (Stage Stage, bool IsExpanded) item))
            {
                if (item.IsExpanded)
                {
                    ordered.Add(item.Stage);
                }
                else if (done.Add(item.Stage))
                {
                    pending.Push((item.Stage, true));
                    foreach (Stage other in next(item.Stage).Reverse().Where(other => !done.Contains(other)))
                        pending.Push((other, false));
                }
            }
        }

        return ordered;
    }

    private void Connect(Stage consumer, Stage producer)
    {
        if (producer == consumer)
            throw new DvcException($"'{consumer.Address}' reads its own output; take the path out of its deps or its outs");
        if (_producers[consumer].Contains(producer))
            return;
        _producers[consumer].Add(producer);
        _consumers[producer].Add(consumer);
    }

    private void CheckCircles()
    {
        Dictionary<Stage, int> open = Stages.ToDictionary(stage => stage, stage => _producers[stage].Count);
        var ready = new Queue<Stage>(Stages.Where(stage => open[stage] == 0));
        int done = 0;
        while (ready.TryDequeue(out Stage? stage))
        {
            done++;
            foreach (Stage consumer in _consumers[stage].Where(consumer => --open[consumer] == 0))
                ready.Enqueue(consumer);
        }

        if (done < Stages.Count)
            throw new DvcException($"Pipeline has a cycle involving: {string.Join(", ", Stages.Where(stage => open[stage] > 0).Select(stage => stage.Address).Take(10))}.");
    }
}
