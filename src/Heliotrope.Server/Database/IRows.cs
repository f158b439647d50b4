using System.Data.Common;
using System.Text.Json.Nodes;

namespace Heliotrope.Server.Database;

/// <summary>A table as rows of it are copied: its name, and the columns that tell its rows apart.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<string> Key);

/// <summary>
/// Rows as they lie in the database, in JSON: whatever type a column has, writing back what was read leaves it as it was. Both engines
/// lock what they read until the transaction ends. Entities would not do: they know neither every column nor every value.
/// </summary>
internal interface IRows
{
    /// <summary>The rows whose columns hold one of these values.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Which columns to read besides the key; null for all of them.</param>
    /// <param name="match">The columns to look at.</param>
    /// <param name="values">What to find in them, a list for each row or group of rows.</param>
    /// <param name="cancel">Given up.</param>
    Task<List<JsonObject>> Read(HeliotropeDb db, TableShape table, IReadOnlyCollection<string>? columns, IReadOnlyList<string> match, IReadOnlyCollection<object[]> values, CancellationToken cancel);

    /// <summary>Puts a row back.</summary>
    Task Insert(HeliotropeDb db, TableShape table, JsonObject row, CancellationToken cancel);

    /// <summary>Puts columns of a row back.</summary>
    Task Update(HeliotropeDb db, TableShape table, object[] key, JsonObject columns, CancellationToken cancel);

    /// <summary>Takes a row out.</summary>
    Task Delete(HeliotropeDb db, TableShape table, object[] key, CancellationToken cancel);

    /// <summary>Whether the database did not take a row because of other rows: one is like it, or one that it needs is gone.</summary>
    bool IsInTheWay(DbException exception);
}
