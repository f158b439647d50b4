namespace Heliotrope.Server.Database;

/// <summary>Rows that stay when what made them is taken back: the journal itself, the audit log, and what can be made again.</summary>
internal interface INotUndone;
