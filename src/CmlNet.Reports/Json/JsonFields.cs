using System.Text.Json;

namespace CmlNet.Reports.Json;

/// <summary>Fields as every part of the report writes them: a number that is not finite is null.</summary>
internal static class JsonFields
{
    public static void Figure(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public static void Flag(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
            json.WriteBoolean(name, flag);
        else
            json.WriteNull(name);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>An object for each item.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> fields)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            fields(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Null for null.</summary>
    public static void Object<T>(this Utf8JsonWriter json, string name, T? item, Action<T> fields) where T : class
    {
        if (item is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        fields(item);
        json.WriteEndObject();
    }

    /// <summary>The first of several; null for none.</summary>
    public static void First<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> fields) where T : class => json.Object(name, items.Count > 0 ? items[0] : null, fields);

    /// <summary>A text for each key; of equal keys the last.</summary>
    public static void Map(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        json.WriteStartObject(name);
        foreach (IGrouping<string, KeyValuePair<string, string>> entry in entries.GroupBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(entry.Key, entry.Last().Value);
        json.WriteEndObject();
    }
}
