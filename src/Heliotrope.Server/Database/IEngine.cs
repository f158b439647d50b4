using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>What SQLite and PostgreSQL do differently. Everything else is written once.</summary>
internal interface IEngine
{
    /// <summary>The folder of its migration scripts among the embedded resources.</summary>
    string Name { get; }

    /// <summary>Whether only one process at a time uses this database.</summary>
    bool SingleProcess { get; }

    /// <summary>Copies rows and puts them back.</summary>
    IRows Rows { get; }

    WriteGate CreateGate();

    HeliotropeDb Open();

    /// <summary>Opens a connection for migrations; nothing else migrates until it is disposed.</summary>
    Task<DbConnection> OpenForMigration(CancellationToken cancel);

    /// <summary>Copies the database aside before a migration; null where the engine's own tools do that.</summary>
    Task<string?> CopyAside(DbConnection connection, int version, CancellationToken cancel);

    /// <summary>Fails when a migration left a row without what it refers to.</summary>
    Task CheckReferences(DbConnection connection, DbTransaction transaction, CancellationToken cancel);

    /// <summary>Tells the other processes, when the transaction commits, what changed.</summary>
    Task Announce(HeliotropeDb db, string payload, CancellationToken cancel);

    /// <summary>Outbox rows of one way out that are due, and locked so that no other process takes them before this transaction ends.</summary>
    IQueryable<Outbox.OutboxMail> DueForUpdate(HeliotropeDb db, long? mailbox, DateTimeOffset now, int most);

    /// <summary>Keeps these customers from being changed, and from getting anything new, until this transaction ends.</summary>
    Task HoldCustomers(HeliotropeDb db, long[] ids, CancellationToken cancel);

    /// <summary>Whether a write failed because another one, at the same time, had the same idea.</summary>
    bool IsClash(Exception exception);
}
