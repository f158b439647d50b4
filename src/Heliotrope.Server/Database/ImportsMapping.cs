using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Imports;
using Heliotrope.Server.People;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class ImportsMapping : IEntityTypeConfiguration<Import>, IEntityTypeConfiguration<Imported>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("Imports");
        builder.Ignore(i => i.FileList).Ignore(i => i.ColumnList).Ignore(i => i.Place);
        builder.HasIndex(i => i.State);
    }

    public void Configure(EntityTypeBuilder<Imported> builder)
    {
        builder.ToTable("ImportedThings");
        builder.HasOne<Import>().WithMany().HasForeignKey(i => i.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(i => i.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Entry>().WithMany().HasForeignKey(i => i.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(i => i.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(i => i.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<CustomerOrganisation>().WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.Origin, i.Kind, i.ForeignId }).IsUnique();
        builder.HasIndex(i => new { i.ImportId, i.Kind, i.Id });
    }
}
