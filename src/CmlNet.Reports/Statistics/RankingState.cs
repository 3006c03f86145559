using System.Runtime.InteropServices;

namespace CmlNet.Reports.Statistics;

/// <summary>Area under the ROC curve and average precision of one group of rows, fed in order of falling score. Rows of one score are taken together.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RankingState
{
    private ulong _key;
    private double _hits, _alarms, _groupHits, _groupAlarms, _doubledArea, _precision;

    public void Add(ulong key, bool isPositive, double weight = 1)
    {
        if (key != _key)
        {
            Close();
            _key = key;
        }

        if (isPositive)
            _groupHits += weight;
        else
            _groupAlarms += weight;
    }

    /// <summary>The figures; null where one of the classes does not occur.</summary>
    public RankingScores End()
    {
        Close();
        return new RankingScores(_hits == 0 || _alarms == 0 ? null : _doubledArea / 2 / _hits / _alarms, _hits == 0 ? null : _precision / _hits);
    }

    private void Close()
    {
        if (_groupHits + _groupAlarms == 0)
            return;
        _doubledArea += _groupAlarms * (2 * _hits + _groupHits);
        _hits += _groupHits;
        _alarms += _groupAlarms;
        _precision += _groupHits == 0 ? 0 : _groupHits * _hits / (_hits + _alarms);
        _groupHits = _groupAlarms = 0;
    }
}
