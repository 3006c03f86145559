using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Storage;

/// <summary>
/// What is known about files, by path, from several threads. The runtime's own table for that would be compiled anew, and
/// at first badly, in each process, which for a short command is longer than it is used.
/// </summary>
internal sealed class StateTable
{
    private const int Parts = 16;
    private readonly Part[] _parts = new Part[Parts];

    /// <param name="expected">So many paths at least have room at once.</param>
    public StateTable(int expected)
    {
        for (int i = 0; i < Parts; i++)
            _parts[i] = new Part(expected / Parts);
    }

    public int Count => _parts.Sum(part => part.Count);

    /// <summary>Whether anything is known.</summary>
    public bool TryFind(string path, out Entry entry)
    {
        int hash = path.GetHashCode(StringComparison.Ordinal);
        Part part = _parts[hash & (Parts - 1)];
        lock (part)
            return part.TryFind(path, hash, out entry);
    }

    public void Set(string path, in Entry entry)
    {
        int hash = path.GetHashCode(StringComparison.Ordinal);
        Part part = _parts[hash & (Parts - 1)];
        lock (part)
            part.Set(path, hash, entry);
    }

    /// <summary>Is shown a path with what is known.</summary>
    public delegate void Shown(string path, in Entry entry);

    /// <summary>Shows each, in no order; nobody else adds meanwhile to the part of the table that is being shown.</summary>
    public void Each(Shown show)
    {
        foreach (Part part in _parts)
        {
            lock (part)
                part.Each(show);
        }
    }

    // The digest in two halves: what has a 128-bit number in it cannot be compiled beforehand.
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Entry(long Size, long Modified, ulong Inode, ulong DigestStart, ulong DigestEnd);

    private sealed class Part
    {
        private string?[] _paths;
        private Entry[] _entries;

        public Part(int expected)
        {
            int length = 64;
            while (length < 2 * expected)
                length *= 2;
            (_paths, _entries) = (new string?[length], new Entry[length]);
        }

        public int Count { get; private set; }

        public bool TryFind(string path, int hash, out Entry entry)
        {
            int at = Place(_paths, path, hash);
            entry = _entries[at];
            return _paths[at] is not null;
        }

        public void Set(string path, int hash, in Entry entry)
        {
            int at = Place(_paths, path, hash);
            if (_paths[at] is null)
            {
                Count++;
                if (2 * Count > _paths.Length)
                {
                    Grow();
                    at = Place(_paths, path, hash);
                }
            }

            (_paths[at], _entries[at]) = (path, entry);
        }

        public void Each(Shown show)
        {
            for (int i = 0; i < _paths.Length; i++)
            {
                if (_paths[i] is { } path)
                    show(path, _entries[i]);
            }
        }

        // Where a path is, or else belongs: the first free place from the one that its hash says.
        private static int Place(string?[] paths, string path, int hash)
        {
            int at = (hash >>> 4) & (paths.Length - 1);
            while (paths[at] is { } other && !string.Equals(other, path, StringComparison.Ordinal))
                at = (at + 1) & (paths.Length - 1);
            return at;
        }

        private void Grow()
        {
            var paths = new string?[2 * _paths.Length];
            var entries = new Entry[2 * _paths.Length];
            for (int i = 0; i < _paths.Length; i++)
            {
                if (_paths[i] is not { } path)
                    continue;
                int at = Place(paths, path, path.GetHashCode(StringComparison.Ordinal));
                (paths[at], entries[at]) = (path, _entries[i]);
            }

            (_paths, _entries) = (paths, entries);
        }
    }
}
