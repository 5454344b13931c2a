import Benchpresso
import CustomComponents

Program.main(adding: CustomComponents.entries)
